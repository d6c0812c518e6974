// celldrift's side of the comparison with gotemplate-oracle: the same cases in, the same lines out.
//
//   gotemplate-celldrift < cases
#include "answer.hpp"
#include "celldrift/yaml/yaml.hpp"

#include <iostream>

int main() {
  std::string line;
  while (std::getline(std::cin, line)) {
    const celldrift::Value example = celldrift::yaml::parse_json(line).value;
    std::cout << celldrift::yaml::emit_json(celldrift::oracle::answer(example)) << std::endl;
  }
}
