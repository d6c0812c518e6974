// Texts, actions and what they hold.
#include "gotemplate/quote.hpp"
#include "gotemplate/tree_parser.hpp"

namespace celldrift::gotemplate {

const ListNode* TreeParser::parse_list(Item& end) {
  parsing_.stack.check();
  auto* list = parsing_.source.make<ListNode>(NodeKind::list, peek_non_space().position);
  while (peek_non_space().kind != TokenKind::end_of_text) {
    const Item item = parse_item();
    if (item.end != End::no) {
      end = item;
      return list;
    }
    list->nodes.push_back(item.node);
  }
  fail("unexpected EOF");
}

// What a {{define}} or {{block}} holds, up to its {{end}}, by a parser of its own. Go's errors name
// the line that this one has come to.
const ListNode* TreeParser::parse_body(TreeParser& inner, std::string_view context) const {
  Item end;
  const ListNode* list = inner.parse_list(end);
  if (end.end == End::else_) {
    fail("unexpected %s in %s", {"{{else}}", context});
  }
  return list;
}

TreeParser::Item TreeParser::parse_item() {
  const Token token = next_non_space();
  if (token.kind == TokenKind::text) {
    auto* text = parsing_.source.make<TextNode>(NodeKind::text, token.position);
    text->text = token.text;
    text->line = token.line;
    return {text};
  }
  if (token.kind != TokenKind::left_delimiter) {
    fail_unexpected(token, "input");
  }
  action_line_ = token.line;
  const Item item = parse_action();
  action_line_ = 0;
  return item;
}

TreeParser::Item TreeParser::parse_action() {
  const Token token = next_non_space();
  switch (token.kind) {
    case TokenKind::block:
      return {parse_block_action()};
    case TokenKind::break_:
      return {parse_leave(NodeKind::break_, token)};
    case TokenKind::continue_:
      return {parse_leave(NodeKind::continue_, token)};
    case TokenKind::else_:
      return parse_else();
    case TokenKind::end:
      return parse_end();
    case TokenKind::if_:
      return {parse_branch(NodeKind::if_, "if")};
    case TokenKind::range:
      return {parse_branch(NodeKind::range, "range")};
    case TokenKind::template_:
      return {parse_template()};
    case TokenKind::with:
      return {parse_branch(NodeKind::with, "with")};
    default:
      break;
  }
  back_up();
  const Token first = peek();
  const PipeNode* pipe = parse_pipeline("command", TokenKind::right_delimiter);
  auto* action = parsing_.source.make<ActionNode>(NodeKind::action, first.position);
  action->pipe = pipe;
  action->line = first.line;
  return {action};
}

TreeParser::Item TreeParser::parse_end() {
  return {nullptr, End::end, expect(TokenKind::right_delimiter, "end").position};
}

// "{{else if" and "{{else with" are read as "{{else}}{{if": the word is left for the next list.
TreeParser::Item TreeParser::parse_else() {
  const Token token = peek_non_space();
  if (token.kind == TokenKind::if_ || token.kind == TokenKind::with) {
    return {nullptr, End::else_, token.position};
  }
  return {nullptr, End::else_, expect(TokenKind::right_delimiter, "else").position};
}

// {{break}} and {{continue}}.
const Node* TreeParser::parse_leave(NodeKind kind, const Token& token) {
  const std::string action = kind == NodeKind::break_ ? "{{break}}" : "{{continue}}";
  const Token end = next_non_space();
  if (end.kind != TokenKind::right_delimiter) {
    fail_unexpected(end, action);
  }
  if (ranges_ == 0) {
    fail(action + " outside {{range}}");
  }
  return parsing_.source.make<Node>(kind, token.position);
}

const Node* TreeParser::parse_branch(NodeKind kind, std::string_view context) {
  parsing_.stack.check();
  const std::size_t variables = variables_.size();
  const PipeNode* pipe = parse_pipeline(context, TokenKind::right_delimiter);
  ranges_ += kind == NodeKind::range ? 1 : 0;
  Item end;
  const ListNode* list = parse_list(end);
  ranges_ -= kind == NodeKind::range ? 1 : 0;
  auto* branch = parsing_.source.make<BranchNode>(kind, pipe->position);
  branch->pipe = pipe;
  branch->list = list;
  branch->else_list = end.end == End::else_ ? parse_else_list(kind, context, end) : nullptr;
  variables_.resize(variables);
  return branch;
}

const ListNode* TreeParser::parse_else_list(NodeKind kind,
                                            std::string_view context,
                                            const Item& end) {
  const TokenKind word = peek().kind;
  const bool chained = (kind == NodeKind::if_ && word == TokenKind::if_) ||
                       (kind == NodeKind::with && word == TokenKind::with);
  if (chained) {  // its {{end}} ends this branch as well
    next();
    auto* list = parsing_.source.make<ListNode>(NodeKind::list, end.position);
    list->nodes.push_back(parse_branch(kind, context));
    return list;
  }
  Item last;
  const ListNode* list = parse_list(last);
  if (last.end == End::else_) {
    fail("expected end; found %s", {"{{else}}"});
  }
  return list;
}

const Node* TreeParser::parse_block_action() {
  constexpr std::string_view context = "block clause";
  const Token token = next_non_space();
  const std::string_view name = parse_template_name(token, context);
  const PipeNode* pipe = parse_pipeline(context, TokenKind::right_delimiter);
  TreeParser inner(parsing_);
  inner.add({name, parse_body(inner, context)});
  auto* node = parsing_.source.make<TemplateNode>(NodeKind::template_, token.position);
  node->name = name;
  node->pipe = pipe;
  node->line = token.line;
  return node;
}

const Node* TreeParser::parse_template() {
  constexpr std::string_view context = "template clause";
  const Token token = next_non_space();
  const std::string_view name = parse_template_name(token, context);
  const PipeNode* pipe = nullptr;
  if (next_non_space().kind != TokenKind::right_delimiter) {
    back_up();
    pipe = parse_pipeline(context, TokenKind::right_delimiter);
  }
  auto* node = parsing_.source.make<TemplateNode>(NodeKind::template_, token.position);
  node->name = name;
  node->pipe = pipe;
  node->line = token.line;
  return node;
}

std::string_view TreeParser::parse_template_name(const Token& token, std::string_view context) {
  if (token.kind != TokenKind::string && token.kind != TokenKind::raw_string) {
    fail_unexpected(token, context);
  }
  return unquoted(token);
}

std::string_view TreeParser::unquoted(const Token& token) {
  auto content = unquote(token.text);
  if (!content) {
    fail("%s", {"invalid syntax"});
  }
  return parsing_.source.keep(std::move(*content));
}

}  // namespace celldrift::gotemplate
