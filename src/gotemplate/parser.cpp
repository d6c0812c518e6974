#include "gotemplate/parser.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/core/utf8.hpp"
#include "gotemplate/builtin.hpp"
#include "gotemplate/message.hpp"
#include "gotemplate/tree_parser.hpp"

#include <algorithm>

namespace celldrift::gotemplate {

std::uint32_t Parsing::number_of(std::string_view variable) {
  const auto known = std::ranges::find(variables, variable);
  const auto number = std::uint32_t(known - variables.begin());
  if (known == variables.end()) {
    variables.push_back(variable);
  }
  return number;
}

Token TreeParser::next() {
  if (peeked_ > 0) {
    --peeked_;
  } else {
    tokens_[0] = parsing_.lexer.next();
  }
  return tokens_[peeked_];
}

Token TreeParser::peek() {
  if (peeked_ == 0) {
    tokens_[0] = parsing_.lexer.next();
    peeked_ = 1;
  }
  return tokens_[peeked_ - 1];
}

// Backs up two tokens; the later one is at hand already.
void TreeParser::back_up(const Token& before) {
  tokens_[1] = before;
  peeked_ = 2;
}

void TreeParser::back_up(const Token& before_that, const Token& before) {
  tokens_[1] = before;
  tokens_[2] = before_that;
  peeked_ = 3;
}

Token TreeParser::next_non_space() {
  Token token = next();
  while (token.kind == TokenKind::space) {
    token = next();
  }
  return token;
}

Token TreeParser::peek_non_space() {
  const Token token = next_non_space();
  back_up();
  return token;
}

Token TreeParser::expect(TokenKind kind, std::string_view context) {
  const Token token = next_non_space();
  if (token.kind != kind) {
    fail_unexpected(token, context);
  }
  return token;
}

void TreeParser::fail(const std::string& format,
                      std::initializer_list<std::string_view> texts) const {
  const std::string where =
      "template: " + parsing_.source.name + ':' + std::to_string(tokens_[0].line) + ": ";
  throw Error(ErrorCode::parse, message(where + format, texts));
}

void TreeParser::fail_unexpected(const Token& token, std::string_view context) const {
  if (token.kind != TokenKind::error) {
    fail("unexpected %s in %s", {describe(token), context});
  }
  std::string extra;
  if (action_line_ != 0 && action_line_ != token.line) {
    extra = token.text.ends_with(" action") ? "" : " in action";
    extra += " started at " + parsing_.source.name + ':' + std::to_string(action_line_);
  }
  fail("%s%s", {token.text, extra});
}

// Of two definitions of one name in a text, one must be empty.
void TreeParser::add(const Tree& tree) {
  const auto known = std::ranges::find(parsing_.trees, tree.name, &Tree::name);
  if (known == parsing_.trees.end()) {
    parsing_.trees.push_back(tree);
  } else if (is_empty(*known->root)) {
    *known = tree;
  } else if (!is_empty(*tree.root)) {
    fail("template: multiple definition of template %q", {tree.name});
  }
}

void TreeParser::parse_text(std::string_view name) {
  auto* root = parsing_.source.make<ListNode>(NodeKind::list, peek().position);
  while (peek().kind != TokenKind::end_of_text) {
    if (peek().kind == TokenKind::left_delimiter) {
      const Token delimiter = next();
      if (next_non_space().kind == TokenKind::define) {
        TreeParser(parsing_).parse_definition();
        continue;
      }
      back_up(delimiter);
    }
    const Item item = parse_item();
    if (item.end != End::no) {
      fail("unexpected %s", {item.end == End::end ? "{{end}}" : "{{else}}"});
    }
    root->nodes.push_back(item.node);
  }
  add({name, root});
}

void TreeParser::parse_definition() {
  constexpr std::string_view context = "define clause";
  const Token name = next_non_space();
  if (name.kind != TokenKind::string && name.kind != TokenKind::raw_string) {
    fail_unexpected(name, context);
  }
  Tree tree{unquoted(name)};
  expect(TokenKind::right_delimiter, context);
  tree.root = parse_body(*this, context);
  add(tree);
}

Parsed parse(std::string_view name, std::string_view text, const FunctionTable& functions) {
  if (text.size() > (64u << 20)) {
    throw Error(ErrorCode::limit, "a template is larger than 64 MiB");
  }
  auto source = std::make_shared<Source>();
  source->name = name;
  source->text = text;
  Parsing parsing{*source, functions, Lexer(source->text)};
  parsing.number_of("$");
  parsing.lexer.break_is_keyword = functions.find("break") == nullptr;
  parsing.lexer.continue_is_keyword = functions.find("continue") == nullptr;
  TreeParser(parsing).parse_text(source->name);
  return {source, std::move(parsing.trees)};
}

bool is_empty(const ListNode& list) {
  return std::ranges::all_of(list.nodes, [](const Node* node) {
    return node->kind == NodeKind::text &&
           utf8::trim_space(static_cast<const TextNode*>(node)->text).empty();
  });
}

}  // namespace celldrift::gotemplate
