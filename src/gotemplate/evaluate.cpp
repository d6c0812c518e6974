// Pipelines of a Run, and what they are made of.
#include "celldrift/core/error.hpp"
#include "celldrift/gotemplate/format.hpp"
#include "gotemplate/run.hpp"

namespace celldrift::gotemplate {

namespace {

template <typename T>
const T& as(const Node& node) {
  return static_cast<const T&>(node);
}

}  // namespace

Operand Run::pipeline(const Operand& dot, const PipeNode& pipe) {
  step();
  at(pipe);
  Operand value;
  const Operand* final = nullptr;
  for (const CommandNode* each : pipe.commands) {
    value = command(dot, *each, final);
    if (value.is_interface()) {
      value = value.unwrapped();
    }
    final = &value;
  }
  for (const VariableNode* variable : pipe.declared) {
    pipe.is_assignment ? assign(*variable, value) : push(*variable, value);
  }
  return value;
}

Operand Run::command(const Operand& dot, const CommandNode& command, const Operand* final) {
  const Operand given = final == nullptr ? Operand::none() : *final;
  const Arguments arguments{command.words, final == nullptr ? nullptr : &given};
  const Node& first = *command.words.front();
  switch (first.kind) {
    case NodeKind::field:
      at(first);
      return fields(dot, dot, first, as<FieldNode>(first).names, arguments);
    case NodeKind::chain:
      return chain(dot, as<ChainNode>(first), arguments);
    case NodeKind::identifier:
      return function(dot, as<IdentifierNode>(first), command, arguments);
    case NodeKind::pipe:
      must_not_be_called(arguments);
      return pipeline(dot, as<PipeNode>(first));
    case NodeKind::variable:
      return variable(dot, as<VariableNode>(first), arguments);
    default:
      break;
  }
  at(first);
  must_not_be_called(arguments);
  if (first.kind == NodeKind::dot) {
    return dot;
  }
  if (first.kind == NodeKind::nil) {
    fail("nil is not a command");
  }
  return constant(first);
}

void Run::must_not_be_called(const Arguments& arguments) const {
  if (arguments.any()) {
    fail("can't give argument to non-function %s", {describe(*arguments.words.front())});
  }
}

Operand Run::constant(const Node& node) {
  switch (node.kind) {
    case NodeKind::boolean:
      return Operand::concrete(Any::boolean(as<BooleanNode>(node).value));
    case NodeKind::string:
      return Operand::concrete(Any::string(as<StringNode>(node).text));
    default:
      return number(as<NumberNode>(node));
  }
}

namespace {

bool is_hexadecimal_integer(std::string_view text) {
  return text.size() > 2 && text[0] == '0' && (text[1] == 'x' || text[1] == 'X') &&
         text.find_first_of("pP") == std::string_view::npos;
}

bool is_written_as_real(std::string_view text) {
  return !is_hexadecimal_integer(text) && !text.starts_with('\'') &&
         text.find_first_of(".eEpP") != std::string_view::npos;
}

}  // namespace

// A number where no type is asked for: how it is written says which it is.
Operand Run::number(const NumberNode& node) {
  at(node);
  const Number& number = node.number;
  if (number.is_complex) {
    return Operand::concrete(heap_.complex(number.as_complex));
  }
  if (number.is_real && is_written_as_real(node.text)) {
    return Operand::concrete(Any::real(number.as_real));
  }
  if (!number.is_int) {
    fail("%s overflows int", {node.text});
  }
  return Operand::concrete(Any::integer(number.as_int));
}

Operand Run::variable(const Operand& dot, const VariableNode& node, const Arguments& arguments) {
  at(node);
  const Operand value = value_of(node);
  if (node.fields.empty()) {
    must_not_be_called(arguments);
    return value;
  }
  return fields(dot, value, node, node.fields, arguments);
}

Operand Run::chain(const Operand& dot, const ChainNode& node, const Arguments& arguments) {
  at(node);
  if (node.start->kind == NodeKind::nil) {
    fail("indirection through explicit nil in %s", {describe(node)});
  }
  at(*node.start);
  return fields(dot, word(dot, *node.start), node, node.names, arguments);
}

Operand Run::function(const Operand& dot,
                      const IdentifierNode& node,
                      const Node& command,
                      const Arguments& arguments) {
  at(node);
  if (node.builtin != nullptr) {
    return call_builtin(dot, *node.builtin, command, arguments);
  }
  return call(dot, {*node.function, node.name}, command, arguments);
}

Operand Run::word(const Operand& dot, const Node& node) {
  const Node* const words[] = {&node};
  switch (node.kind) {
    case NodeKind::dot:
      return dot;
    case NodeKind::field:
      at(node);
      return fields(dot, dot, node, as<FieldNode>(node).names, {words});
    case NodeKind::variable:
      return variable(dot, as<VariableNode>(node), {words});
    case NodeKind::pipe:
      return pipeline(dot, as<PipeNode>(node));
    case NodeKind::identifier:
      return function(dot, as<IdentifierNode>(node), node, {words});
    default:
      return chain(dot, as<ChainNode>(node), {words});
  }
}

void Run::push(const VariableNode& variable, const Operand& value) {
  heap_.charge(sizeof(Variable));
  variables_.push_back({variable.number, value});
}

void Run::assign(const VariableNode& variable, const Operand& value) {
  for (std::size_t i = variables_.size(); i > frame_.first_variable; --i) {
    if (variables_[i - 1].number == variable.number) {
      Operand& slot = variables_[i - 1].value;
      slot = value;
      slot.value = in_volatile_ ? value.value.with_volatile() : value.value;
      return;
    }
  }
  fail("undefined variable: %s", {variable.name});
}

const Operand& Run::value_of(const VariableNode& variable) const {
  for (std::size_t i = variables_.size(); i > frame_.first_variable; --i) {
    if (variables_[i - 1].number == variable.number) {
      return variables_[i - 1].value;
    }
  }
  fail("undefined variable: %s", {variable.name});
}

}  // namespace celldrift::gotemplate
