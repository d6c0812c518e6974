#include "celldrift/sprig/sprig.hpp"

#include "sprig/families.hpp"

namespace celldrift::sprig {
namespace {

using Family = std::span<const gotemplate::Function> (*)();

constexpr Family families[] = {
    // Families are added here as they are written, in alphabetical order.
    reflection_functions,
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
