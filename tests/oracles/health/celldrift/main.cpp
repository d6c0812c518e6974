// Reads the oracle's answers (../main.go) and prints those that celldrift does not agree with;
// exits 1 when there are any.
#include "celldrift/core/object.hpp"
#include "celldrift/yaml/yaml.hpp"
#include "unit/audit/health_agreement.hpp"

#include <iostream>

using namespace celldrift;

int main() {
  std::size_t agree = 0;
  std::size_t wrong = 0;
  for (std::string line; std::getline(std::cin, line);) {
    const Value answer = yaml::parse_json(line).value;
    const Value& object = *answer.find("object");
    const std::string_view theirs = answer.string_at({"health"});
    if (audit::agrees(object, theirs)) {
      ++agree;
      continue;
    }
    ++wrong;
    const audit::Health ours = audit::health_of(object);
    std::cout << group_of(object.string_at({"apiVersion"})) << "/" << object.string_at({"kind"})
              << ": Argo CD says " << theirs << ", celldrift " << audit::name_of(ours.state) << " ("
              << ours.says << ")\n    of " << line << "\n";
  }
  std::cout << agree << " agree, " << wrong << " wrong\n";
  return wrong == 0 ? 0 : 1;
}
