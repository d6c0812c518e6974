#include "celldrift/sprig/sprig.hpp"

#include "sprig/families.hpp"

namespace celldrift::sprig {
namespace {

using Family = std::span<const gotemplate::Function> (*)();

constexpr Family families[] = {
    cases_functions,    certificates_functions, ciphers_functions,  conversions_functions,
    dates_functions,    decimals_functions,     defaults_functions, dicts_functions,
    encoding_functions, hashes_functions,       joining_functions,  json_functions,
    lists_functions,    math_functions,         merge_functions,    passwords_functions,
    paths_functions,    random_functions,       ranges_functions,   reflection_functions,
    regex_functions,    strings_functions,      urls_functions,     versions_functions,
    wrapping_functions,
};

}  // namespace

const gotemplate::FunctionTable& functions() {
  static const gotemplate::FunctionTable table = [] {
    gotemplate::FunctionTable all;
    for (const Family family : families) {
      all.add(family());
    }
    return all;
  }();
  return table;
}

}  // namespace celldrift::sprig
