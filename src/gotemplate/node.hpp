// Nodes: what the parser makes of a template, as text/template/parse/node.go. Nodes are owned by
// their Source and point to each other freely; texts and constants point into it too.
#pragma once

#include "celldrift/gotemplate/any.hpp"
#include "celldrift/gotemplate/function.hpp"

#include <complex>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace celldrift::gotemplate {

struct Builtin;

enum class NodeKind : std::uint8_t {
  // actions
  list,
  text,
  action,
  if_,
  range,
  with,
  template_,
  break_,
  continue_,
  // parts of actions
  pipe,
  command,
  identifier,
  variable,
  field,
  chain,
  dot,
  nil,
  boolean,
  number,
  string,
};

// One parsed text.
struct Source;

struct Node {
  NodeKind kind;
  std::uint32_t position = 0;  // in the source's text, in bytes
  const Source* source = nullptr;

  Node(NodeKind kind_, std::uint32_t position_, const Source* source_)
      : kind(kind_), position(position_), source(source_) {}
  virtual ~Node() = default;
};

struct ListNode : Node {
  using Node::Node;
  std::vector<const Node*> nodes;
};

struct TextNode : Node {
  using Node::Node;
  std::string_view text;
  std::uint32_t line = 0;  // on which the text begins
};

struct VariableNode : Node {
  using Node::Node;
  std::string_view name;     // with its "$"
  std::uint32_t number = 0;  // the same for all variables of that name in the source; 0 is "$"
  std::vector<std::string_view> fields;
};

struct CommandNode : Node {
  using Node::Node;
  std::vector<const Node*> words;  // what is called or evaluated, and its arguments
};

struct PipeNode : Node {
  using Node::Node;
  bool is_assignment = false;  // "=", not ":="
  std::vector<const VariableNode*> declared;
  std::vector<const CommandNode*> commands;
};

struct ActionNode : Node {
  using Node::Node;
  const PipeNode* pipe = nullptr;
  std::uint32_t line = 0;
};

// if, range, with
struct BranchNode : Node {
  using Node::Node;
  const PipeNode* pipe = nullptr;
  const ListNode* list = nullptr;
  const ListNode* else_list = nullptr;  // nullptr when there is none
};

struct TemplateNode : Node {
  using Node::Node;
  std::string_view name;
  const PipeNode* pipe = nullptr;  // nullptr when there is none
  std::uint32_t line = 0;
};

// A function: one of the two.
struct IdentifierNode : Node {
  using Node::Node;
  std::string_view name;
  const Function* function = nullptr;
  const Builtin* builtin = nullptr;
};

struct FieldNode : Node {
  using Node::Node;
  std::vector<std::string_view> names;
};

struct ChainNode : Node {
  using Node::Node;
  const Node* start = nullptr;
  std::vector<std::string_view> names;
};

struct BooleanNode : Node {
  using Node::Node;
  bool value = false;
};

struct StringNode : Node {
  using Node::Node;
  std::string_view quoted;  // as it is written
  std::string_view text;
};

// A number as each type that can hold it: Go's ideal constants.
struct Number {
  bool is_int = false;
  bool is_unsigned = false;
  bool is_real = false;
  bool is_complex = false;
  std::int64_t as_int = 0;
  std::uint64_t as_unsigned = 0;
  double as_real = 0;
  std::complex<double> as_complex;
};

struct NumberNode : Node {
  using Node::Node;
  std::string_view text;
  Number number;
};

// The node as Go writes it in error messages: {{if .x}}…{{end}}, .a.b, (print 1).
std::string describe(const Node& node);

// "name:line:column" of the node, as Go's errors have it: columns are bytes, counted from 0.
std::string place_of(const Node& node);

// The line in the source's text, counted from 1.
std::uint32_t line_of(const Node& node);

struct Source {
  std::string name;
  std::string text;
  std::vector<std::unique_ptr<Node>> nodes;
  std::vector<std::unique_ptr<std::string>> strings;  // contents of unquoted constants

  template <typename T>
  T* make(NodeKind kind, std::uint32_t position) {
    auto node = std::make_unique<T>(kind, position, this);
    T* pointer = node.get();
    nodes.push_back(std::move(node));
    return pointer;
  }
  std::string_view keep(std::string content) {
    return *strings.emplace_back(std::make_unique<std::string>(std::move(content)));
  }
};

}  // namespace celldrift::gotemplate
