// Actions of a Run.
#include "celldrift/core/error.hpp"
#include "celldrift/gotemplate/format.hpp"
#include "gotemplate/run.hpp"
#include "gotemplate/types.hpp"
#include "gotemplate/volatile_scope.hpp"

namespace celldrift::gotemplate {

namespace {

template <typename T>
const T& as(const Node& node) {
  return static_cast<const T&>(node);
}

}  // namespace

Run::Flow Run::walk(const Operand& dot, const Node& node) {
  step();
  at(node);
  switch (node.kind) {
    case NodeKind::text:
      write(as<TextNode>(node).text, {as<TextNode>(node).line, true});
      return Flow::next;
    case NodeKind::action:
      walk_action(dot, as<ActionNode>(node));
      return Flow::next;
    case NodeKind::if_:
    case NodeKind::with:
      return walk_branch(dot, as<BranchNode>(node));
    case NodeKind::range:
      return walk_range(dot, as<BranchNode>(node));
    case NodeKind::template_:
      walk_template(dot, as<TemplateNode>(node));
      return Flow::next;
    case NodeKind::break_:
      return Flow::break_;
    case NodeKind::continue_:
      return Flow::continue_;
    default:
      return walk_list(dot, as<ListNode>(node));
  }
}

Run::Flow Run::walk_list(const Operand& dot, const ListNode& list) {
  for (const Node* node : list.nodes) {
    const Flow flow = walk(dot, *node);
    if (flow != Flow::next) {
      return flow;
    }
  }
  return Flow::next;
}

// Variables that it declares stay until the list's end.
void Run::walk_action(const Operand& dot, const ActionNode& action) {
  const Operand value = pipeline(dot, *action.pipe);
  if (action.pipe->declared.empty()) {
    print_value(action, value, action.line);
  }
}

Run::Flow Run::walk_branch(const Operand& dot, const BranchNode& branch) {
  const std::size_t variables = variables_.size();
  const Operand value = pipeline(dot, *branch.pipe);
  const VolatileScope scope(*this, value);
  Flow flow = Flow::next;
  if (is_true(value.value)) {
    flow = walk(branch.kind == NodeKind::with ? value : dot, *branch.list);
  } else if (branch.else_list != nullptr) {
    flow = walk(dot, *branch.else_list);
  }
  variables_.resize(variables, {0, {}});
  return flow;
}

void Run::walk_template(const Operand& dot, const TemplateNode& node) {
  const Definition* definition = set_->find(node.name);
  if (definition == nullptr) {
    fail("template %q not defined", {node.name});
  }
  const Operand inner = node.pipe == nullptr ? Operand::none() : pipeline(dot, *node.pipe);
  const std::uint32_t line = printing_line_;
  printing_line_ = line == 0 ? node.line : line;
  run_definition(node.name, *definition, inner);
  printing_line_ = line;
}

void Run::write(std::string_view piece, Origin origin) {
  if (captured_bytes_ + writer_->size() + piece.size() > options_.limits.output_bytes) {
    throw Error(
        ErrorCode::limit,
        "a template writes more than " + std::to_string(options_.limits.output_bytes) + " bytes");
  }
  if (printing_line_ != 0) {
    origin.line = printing_line_;
    origin.is_text = false;
  }
  origin.is_volatile = origin.is_volatile || in_volatile_;
  writer_->write(piece, origin);
}

namespace {

// Pointers are printed as what they point to, by their method where they have one.
Any printable(const Any& value) {
  return value.type()->text == nullptr ? pointee_of(value) : value;
}

}  // namespace

void Run::print_value(const Node& node, const Operand& operand, std::uint32_t line) {
  at(node);
  const Any& value = operand.value;
  const Origin origin{line, false, saw_volatile_ && holds_volatile(value)};
  if (!operand.is_valid()) {
    return write("<no value>", origin);
  }
  if (value.is(string_type)) {
    return write(value.as_string(), origin);
  }
  if (value.kind() == Kind::function && value.type()->text == nullptr) {
    fail("can't print %s of type %s", {describe(node), value.type()->name});
  }
  write(format_value(printable(value)), origin);
}

}  // namespace celldrift::gotemplate
