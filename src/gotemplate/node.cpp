#include "gotemplate/node.hpp"

#include "celldrift/gotemplate/format.hpp"

#include <algorithm>

namespace celldrift::gotemplate {

namespace {

void write(std::string& text, const Node& node);

void write_list(std::string& text, const ListNode& list) {
  for (const Node* node : list.nodes) {
    write(text, *node);
  }
}

void write_variable(std::string& text, const VariableNode& variable) {
  text += variable.name;
  for (const std::string_view field : variable.fields) {
    text += '.';
    text += field;
  }
}

void write_names(std::string& text, const std::vector<std::string_view>& names) {
  for (const std::string_view name : names) {
    text += '.';
    text += name;
  }
}

void write_in_parentheses(std::string& text, const Node& node) {
  const bool is_pipe = node.kind == NodeKind::pipe;
  text += is_pipe ? "(" : "";
  write(text, node);
  text += is_pipe ? ")" : "";
}

void write_command(std::string& text, const CommandNode& command) {
  for (std::size_t i = 0; i < command.words.size(); ++i) {
    text += i > 0 ? " " : "";
    write_in_parentheses(text, *command.words[i]);
  }
}

void write_pipe(std::string& text, const PipeNode& pipe) {
  for (std::size_t i = 0; i < pipe.declared.size(); ++i) {
    text += i > 0 ? ", " : "";
    write_variable(text, *pipe.declared[i]);
  }
  if (!pipe.declared.empty()) {
    text += pipe.is_assignment ? " = " : " := ";
  }
  for (std::size_t i = 0; i < pipe.commands.size(); ++i) {
    text += i > 0 ? " | " : "";
    write_command(text, *pipe.commands[i]);
  }
}

void write_branch(std::string& text, const BranchNode& branch, std::string_view word) {
  text += "{{";
  text += word;
  text += ' ';
  write_pipe(text, *branch.pipe);
  text += "}}";
  write_list(text, *branch.list);
  if (branch.else_list != nullptr) {
    text += "{{else}}";
    write_list(text, *branch.else_list);
  }
  text += "{{end}}";
}

void write_template(std::string& text, const TemplateNode& node) {
  text += "{{template " + quote(node.name);
  if (node.pipe != nullptr) {
    text += ' ';
    write_pipe(text, *node.pipe);
  }
  text += "}}";
}

template <typename T>
const T& as(const Node& node) {
  return static_cast<const T&>(node);
}

void write(std::string& text, const Node& node) {
  switch (node.kind) {
    case NodeKind::list:
      return write_list(text, as<ListNode>(node));
    case NodeKind::text:
      text += as<TextNode>(node).text;
      return;
    case NodeKind::action:
      text += "{{";
      write_pipe(text, *as<ActionNode>(node).pipe);
      text += "}}";
      return;
    case NodeKind::if_:
      return write_branch(text, as<BranchNode>(node), "if");
    case NodeKind::range:
      return write_branch(text, as<BranchNode>(node), "range");
    case NodeKind::with:
      return write_branch(text, as<BranchNode>(node), "with");
    case NodeKind::template_:
      return write_template(text, as<TemplateNode>(node));
    case NodeKind::break_:
      text += "{{break}}";
      return;
    case NodeKind::continue_:
      text += "{{continue}}";
      return;
    case NodeKind::pipe:
      return write_pipe(text, as<PipeNode>(node));
    case NodeKind::command:
      return write_command(text, as<CommandNode>(node));
    case NodeKind::identifier:
      text += as<IdentifierNode>(node).name;
      return;
    case NodeKind::variable:
      return write_variable(text, as<VariableNode>(node));
    case NodeKind::field:
      return write_names(text, as<FieldNode>(node).names);
    case NodeKind::chain:
      write_in_parentheses(text, *as<ChainNode>(node).start);
      return write_names(text, as<ChainNode>(node).names);
    case NodeKind::dot:
      text += '.';
      return;
    case NodeKind::nil:
      text += "nil";
      return;
    case NodeKind::boolean:
      text += as<BooleanNode>(node).value ? "true" : "false";
      return;
    case NodeKind::number:
      text += as<NumberNode>(node).text;
      return;
    case NodeKind::string:
      text += as<StringNode>(node).quoted;
      return;
  }
}

}  // namespace

std::string describe(const Node& node) {
  std::string text;
  write(text, node);
  return text;
}

std::uint32_t line_of(const Node& node) {
  const std::string_view before = std::string_view(node.source->text).substr(0, node.position);
  return 1 + std::uint32_t(std::ranges::count(before, '\n'));
}

std::string place_of(const Node& node) {
  const std::string_view before = std::string_view(node.source->text).substr(0, node.position);
  const std::size_t line_end = before.rfind('\n');
  const std::size_t column =
      line_end == std::string_view::npos ? before.size() : before.size() - line_end - 1;
  return node.source->name + ':' + std::to_string(line_of(node)) + ':' + std::to_string(column);
}

}  // namespace celldrift::gotemplate
