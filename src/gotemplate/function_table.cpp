#include "celldrift/gotemplate/function.hpp"

namespace celldrift::gotemplate {

void FunctionTable::add(std::span<const Function> functions) {
  for (const Function& function : functions) {
    functions_[function.name] = &function;
  }
}

void FunctionTable::remove(std::string_view name) {
  functions_.erase(name);
}

const Function* FunctionTable::find(std::string_view name) const {
  const auto found = functions_.find(name);
  return found == functions_.end() ? nullptr : found->second;
}

}  // namespace celldrift::gotemplate
