// Reads lines {"stated": ..., "live": ...} from standard input and prints for each a line: a JSON
// list of what celldrift cannot explain of them. Right after an apply that must be nothing, with
// managedFields and without.
#include "celldrift/compare/compare.hpp"
#include "celldrift/observe/secrets.hpp"
#include "defaults/replay.hpp"

#include <iostream>

using namespace celldrift;

namespace {

void add_differences(const Value& desired,
                     const Value& live,
                     const std::string& way,
                     std::vector<Value>& found) {
  for (const compare::Difference& difference : compare::diff(desired, live)) {
    std::string text =
        way + std::string(compare::describe(difference.change)) + " " + difference.path.text();
    if (difference.want) {
      text += " want " + yaml::emit_json(*difference.want);
    }
    if (difference.have) {
      text += " have " + yaml::emit_json(*difference.have);
    }
    found.push_back(Value::string(text));
  }
}

Value answer(const Value& stated, const Value& live) {
  std::vector<Value> found;
  for (const std::string& path : kube::unexplained(stated, live)) {
    found.push_back(Value::string("unexplained " + path));
  }
  const auto key = observe::SecretKey::from_bytes(std::string(32, 'k'));
  const Value desired = observe::without_secrets(stated, key);
  const Value have = observe::without_secrets(live, key);
  add_differences(desired, have, "", found);
  const Value unowned = have.with("metadata", have.find("metadata")->without("managedFields"));
  add_differences(desired, unowned, "without owners: ", found);
  return Value::list(std::move(found));
}

}  // namespace

int main() {
  for (std::string line; std::getline(std::cin, line);) {
    const Value pair = yaml::parse_json(line).value;
    std::cout << yaml::emit_json(answer(*pair.find("stated"), *pair.find("live"))) << std::endl;
  }
}
