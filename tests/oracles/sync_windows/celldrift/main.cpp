// celldrift's side: reads the lines that the oracle wrote, and writes those to which it answers
// otherwise.
#include "celldrift/fleet/sync_windows.hpp"
#include "celldrift/yaml/yaml.hpp"

#include <iostream>
#include <string>

using namespace celldrift;

int main() {
  std::size_t count = 0;
  std::size_t wrong = 0;
  for (std::string line; std::getline(std::cin, line);) {
    const Value question = yaml::parse(line).value;
    const Value project =
        Value::map({{"spec", Value::map({{"syncWindows", *question.find("windows")}})}});
    const auto text = [&](const char* key) { return std::string(question.string_at({key})); };
    const fleet::WindowSubject application{.name = text("name"),
                                           .server = text("server"),
                                           .cluster = text("cluster"),
                                           .ns = text("ns")};
    const auto denial = fleet::SyncWindows(project).denial(application, *parse_time(text("time")));
    const bool is_as_theirs = !denial == question.find("auto")->as_bool() &&
                              (!denial || denial->manual) == question.find("manual")->as_bool();
    ++count;
    wrong += is_as_theirs ? 0 : 1;
    if (!is_as_theirs) {
      std::cout << line << "\n  ours: " << (denial ? denial->why : "may be synced") << "\n";
    }
  }
  std::cout << count - wrong << " of " << count << " answers agree\n";
  return wrong == 0 ? 0 : 1;
}
