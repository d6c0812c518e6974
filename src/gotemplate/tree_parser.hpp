// TreeParser: parses one tree. {{define}} and {{block}} have a tree, and so a parser, of their own,
// that reads on from the same lexer.
#pragma once

#include "gotemplate/lexer.hpp"
#include "gotemplate/node.hpp"
#include "gotemplate/parser.hpp"
#include "gotemplate/stack_guard.hpp"

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace celldrift::gotemplate {

// What the parsers of one text share.
struct Parsing {
  Source& source;
  const FunctionTable& functions;
  Lexer lexer;
  std::vector<Tree> trees{};
  std::vector<std::string_view> variables{};  // numbered by their place here; "$" is first
  StackGuard stack{};

  std::uint32_t number_of(std::string_view variable);
  void add(const Tree& tree);
};

class TreeParser {
 public:
  explicit TreeParser(Parsing& parsing) : parsing_(parsing) {}

  void parse_text(std::string_view name);  // a whole text

 private:
  // Tokens, with up to three looked at ahead.
  Token next();
  Token peek();
  Token next_non_space();
  Token peek_non_space();
  void back_up() { ++peeked_; }
  void back_up(const Token& before);
  void back_up(const Token& before_that, const Token& before);
  Token expect(TokenKind kind, std::string_view context);
  // Throws Error(parse); the message is made as Go's errorf makes it.
  [[noreturn]] void fail(const std::string& format,
                         std::initializer_list<std::string_view> texts = {}) const;
  [[noreturn]] void fail_unexpected(const Token& token, std::string_view context) const;
  void add(const Tree& tree);

  // Actions (parse_action.cpp). A list ends at {{end}} or {{else}}, which is given back in `end`.
  enum class End { no, end, else_ };
  struct Item {
    const Node* node = nullptr;
    End end = End::no;
    std::uint32_t position = 0;
  };
  const ListNode* parse_list(Item& end);
  const ListNode* parse_body(TreeParser& inner, std::string_view context) const;
  void parse_definition();  // after {{define
  Item parse_item();
  Item parse_action();
  Item parse_end();
  Item parse_else();
  const Node* parse_leave(NodeKind kind, const Token& token);
  const Node* parse_branch(NodeKind kind, std::string_view context);
  const ListNode* parse_else_list(NodeKind kind, std::string_view context, const Item& end);
  const Node* parse_block_action();
  const Node* parse_template();
  std::string_view parse_template_name(const Token& token, std::string_view context);
  std::string_view unquoted(const Token& token);

  // Pipelines (parse_pipeline.cpp).
  const PipeNode* parse_pipeline(std::string_view context, TokenKind end);
  void parse_declarations(PipeNode& pipe, std::string_view context);
  void declare(PipeNode& pipe, const Token& variable);
  void check_pipeline(const PipeNode& pipe, std::string_view context) const;
  const CommandNode* parse_command();
  const Node* parse_operand();
  const Node* parse_term();
  const Node* parse_identifier(const Token& token);
  const Node* parse_number(const Token& token);
  const Node* parse_string(const Token& token);
  const Node* with_fields(const Node* node);
  const FieldNode* make_field(const Token& token);
  VariableNode* make_variable(std::uint32_t position, std::string_view name);
  const Node* use_variable(const Token& token);

  Parsing& parsing_;
  Token tokens_[3];
  int peeked_ = 0;
  std::vector<std::string_view> variables_{"$"};  // that are defined here
  std::uint32_t action_line_ = 0;                 // of the action being parsed, 0 outside
  int ranges_ = 0;                                // around what is parsed
  int parentheses_ = 0;
};

}  // namespace celldrift::gotemplate
