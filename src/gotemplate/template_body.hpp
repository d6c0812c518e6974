// What a TemplateSet holds.
#pragma once

#include "celldrift/gotemplate/template.hpp"
#include "gotemplate/node.hpp"

#include <functional>
#include <map>
#include <memory>
#include <string>

namespace celldrift::gotemplate {

struct Definition {
  std::shared_ptr<const Source> source;
  const ListNode* root = nullptr;
};

struct TemplateSet::Body {
  const FunctionTable* functions = nullptr;
  std::map<std::string, Definition, std::less<>> definitions{};

  const Definition* find(std::string_view name) const {
    const auto found = definitions.find(name);
    return found == definitions.end() ? nullptr : &found->second;
  }
  void parse(std::string_view name, std::string_view text);
};

}  // namespace celldrift::gotemplate
