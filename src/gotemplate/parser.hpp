// Parser: tokens to trees, as text/template/parse/parse.go.
#pragma once

#include "celldrift/gotemplate/function.hpp"
#include "gotemplate/node.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace celldrift::gotemplate {

// One template: a whole text, or what a {{define}} or {{block}} in it holds.
struct Tree {
  std::string_view name;  // points into the source
  const ListNode* root = nullptr;
};

// A text's templates, the text itself last but for those that it replaces. Names are distinct.
struct Parsed {
  std::shared_ptr<const Source> source;
  std::vector<Tree> trees;
};

// Throws Error(parse) with Go's message, Error(limit) for texts that nest too deeply.
Parsed parse(std::string_view name, std::string_view text, const FunctionTable& functions);

// Whether there is nothing in it but blanks and comments.
bool is_empty(const ListNode& list);

}  // namespace celldrift::gotemplate
