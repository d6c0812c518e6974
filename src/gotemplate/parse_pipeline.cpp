// Pipelines, commands and operands.
#include "celldrift/core/error.hpp"
#include "gotemplate/builtin.hpp"
#include "gotemplate/number.hpp"
#include "gotemplate/tree_parser.hpp"

#include <algorithm>

namespace celldrift::gotemplate {

namespace {

constexpr int most_parentheses = 10'000;  // within each other, as in Go; the stack allows fewer

bool starts_operand(TokenKind kind) {
  switch (kind) {
    case TokenKind::boolean:
    case TokenKind::character_constant:
    case TokenKind::complex:
    case TokenKind::dot:
    case TokenKind::field:
    case TokenKind::identifier:
    case TokenKind::number:
    case TokenKind::nil:
    case TokenKind::raw_string:
    case TokenKind::string:
    case TokenKind::variable:
    case TokenKind::left_parenthesis:
      return true;
    default:
      return false;
  }
}

bool is_constant(NodeKind kind) {
  return kind == NodeKind::boolean || kind == NodeKind::dot || kind == NodeKind::nil ||
         kind == NodeKind::number || kind == NodeKind::string;
}

}  // namespace

const PipeNode* TreeParser::parse_pipeline(std::string_view context, TokenKind end) {
  parsing_.stack.check();
  auto* pipe = parsing_.source.make<PipeNode>(NodeKind::pipe, peek_non_space().position);
  parse_declarations(*pipe, context);
  while (true) {
    const Token token = next_non_space();
    if (token.kind == end) {
      check_pipeline(*pipe, context);
      return pipe;
    }
    if (!starts_operand(token.kind)) {
      fail_unexpected(token, context);
    }
    back_up();
    pipe->commands.push_back(parse_command());
  }
}

// "$x := ", "$x = ", "$i, $x := ". Blanks are tokens, so that three must be looked at: in "$x foo"
// the variable is an argument.
void TreeParser::parse_declarations(PipeNode& pipe, std::string_view context) {
  while (peek_non_space().kind == TokenKind::variable) {
    const Token variable = next();
    const Token after = peek();
    const Token sign = peek_non_space();
    if (sign.kind == TokenKind::assign || sign.kind == TokenKind::declare) {
      pipe.is_assignment = sign.kind == TokenKind::assign;
      next_non_space();
      return declare(pipe, variable);
    }
    if (sign.kind != TokenKind::character || sign.text != ",") {
      return after.kind == TokenKind::space ? back_up(variable, after) : back_up(variable);
    }
    next_non_space();
    declare(pipe, variable);
    if (context != "range" || pipe.declared.size() >= 2) {
      fail("too many declarations in %s", {context});
    }
    const TokenKind next_kind = peek_non_space().kind;
    if (next_kind != TokenKind::variable && next_kind != TokenKind::right_delimiter &&
        next_kind != TokenKind::right_parenthesis) {
      fail("range can only initialize variables");
    }
  }
}

void TreeParser::declare(PipeNode& pipe, const Token& variable) {
  pipe.declared.push_back(make_variable(variable.position, variable.text));
  variables_.push_back(variable.text);
}

void TreeParser::check_pipeline(const PipeNode& pipe, std::string_view context) const {
  if (pipe.commands.empty()) {
    fail("missing value for %s", {context});
  }
  // Only the first command of a pipeline may start with what cannot be called.
  for (std::size_t i = 1; i < pipe.commands.size(); ++i) {
    if (is_constant(pipe.commands[i]->words.front()->kind)) {
      fail("non executable command in pipeline stage %s", {std::to_string(i + 1)});
    }
  }
}

const CommandNode* TreeParser::parse_command() {
  auto* command = parsing_.source.make<CommandNode>(NodeKind::command, peek_non_space().position);
  while (true) {
    peek_non_space();  // skips blanks
    if (const Node* operand = parse_operand()) {
      command->words.push_back(operand);
    }
    const Token token = next();
    if (token.kind == TokenKind::space) {
      continue;
    }
    if (token.kind == TokenKind::right_delimiter || token.kind == TokenKind::right_parenthesis) {
      back_up();
    } else if (token.kind != TokenKind::pipe) {
      fail_unexpected(token, "operand");
    }
    break;
  }
  if (command->words.empty()) {
    fail("empty command");
  }
  return command;
}

// A term, with the fields that follow it. nullptr when what comes is no operand.
const Node* TreeParser::parse_operand() {
  const Node* node = parse_term();
  return node != nullptr && peek().kind == TokenKind::field ? with_fields(node) : node;
}

const Node* TreeParser::with_fields(const Node* node) {
  const std::uint32_t position = peek().position;
  std::vector<std::string_view> names;
  while (peek().kind == TokenKind::field) {
    names.push_back(next().text.substr(1));
  }
  if (is_constant(node->kind)) {
    fail("unexpected . after term %q", {describe(*node)});
  }
  if (node->kind == NodeKind::field) {
    auto* field = parsing_.source.make<FieldNode>(NodeKind::field, position);
    field->names = static_cast<const FieldNode*>(node)->names;
    field->names.insert(field->names.end(), names.begin(), names.end());
    return field;
  }
  if (node->kind == NodeKind::variable) {
    const auto& start = *static_cast<const VariableNode*>(node);
    auto* variable = make_variable(position, start.name);
    variable->fields = std::move(names);
    return variable;
  }
  auto* chain = parsing_.source.make<ChainNode>(NodeKind::chain, position);
  chain->start = node;
  chain->names = std::move(names);
  return chain;
}

const Node* TreeParser::parse_term() {
  const Token token = next_non_space();
  switch (token.kind) {
    case TokenKind::identifier:
      return parse_identifier(token);
    case TokenKind::dot:
      return parsing_.source.make<Node>(NodeKind::dot, token.position);
    case TokenKind::nil:
      return parsing_.source.make<Node>(NodeKind::nil, token.position);
    case TokenKind::variable:
      return use_variable(token);
    case TokenKind::field:
      return make_field(token);
    case TokenKind::boolean: {
      auto* node = parsing_.source.make<BooleanNode>(NodeKind::boolean, token.position);
      node->value = token.text == "true";
      return node;
    }
    case TokenKind::character_constant:
    case TokenKind::complex:
    case TokenKind::number:
      return parse_number(token);
    case TokenKind::left_parenthesis: {
      if (parentheses_ >= most_parentheses) {
        fail("max expression depth exceeded");
      }
      ++parentheses_;
      const PipeNode* pipe = parse_pipeline("parenthesized pipeline", TokenKind::right_parenthesis);
      --parentheses_;
      return pipe;
    }
    case TokenKind::string:
    case TokenKind::raw_string:
      return parse_string(token);
    default:
      back_up();
      return nullptr;
  }
}

const Node* TreeParser::parse_identifier(const Token& token) {
  const Function* function = parsing_.functions.find(token.text);
  const Builtin* builtin = function == nullptr ? find_builtin(token.text) : nullptr;
  if (function == nullptr && builtin == nullptr) {
    fail("function %q not defined", {token.text});
  }
  auto* node = parsing_.source.make<IdentifierNode>(NodeKind::identifier, token.position);
  node->name = token.text;
  node->function = function;
  node->builtin = builtin;
  return node;
}

const Node* TreeParser::parse_number(const Token& token) {
  auto* node = parsing_.source.make<NumberNode>(NodeKind::number, token.position);
  node->text = token.text;
  try {
    node->number = read_number(token);
  } catch (const Error& error) {
    fail("%s", {error.message()});
  }
  return node;
}

const Node* TreeParser::parse_string(const Token& token) {
  auto* node = parsing_.source.make<StringNode>(NodeKind::string, token.position);
  node->quoted = token.text;
  node->text = unquoted(token);
  return node;
}

const FieldNode* TreeParser::make_field(const Token& token) {
  auto* node = parsing_.source.make<FieldNode>(NodeKind::field, token.position);
  node->names = {token.text.substr(1)};
  return node;
}

VariableNode* TreeParser::make_variable(std::uint32_t position, std::string_view name) {
  auto* node = parsing_.source.make<VariableNode>(NodeKind::variable, position);
  node->name = name;
  node->number = parsing_.number_of(name);
  return node;
}

const Node* TreeParser::use_variable(const Token& token) {
  if (std::ranges::find(variables_, token.text) == variables_.end()) {
    fail("undefined variable %q", {token.text});
  }
  return make_variable(token.position, token.text);
}

}  // namespace celldrift::gotemplate
