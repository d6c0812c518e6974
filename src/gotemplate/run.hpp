// Run: one execution of a template, as text/template/exec.go.
//
// walk.cpp goes through actions, evaluate.cpp through pipelines and what they are made of,
// field.cpp finds fields, methods and keys, arguments.cpp checks and converts arguments, call.cpp
// calls, volatile.cpp follows what differs from run to run. Each keeps to the order in which Go
// visits nodes, for an error names the node that was visited last.
#pragma once

#include "celldrift/gotemplate/template.hpp"
#include "gotemplate/node.hpp"
#include "gotemplate/operand.hpp"
#include "gotemplate/stack_guard.hpp"
#include "gotemplate/template_body.hpp"
#include "gotemplate/writer.hpp"

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace celldrift::gotemplate {

class Run final : public Executor {
 public:
  Run(const TemplateSet::Body& set, Heap& heap, const RunOptions& options);

  Output execute(std::string_view name, const Any& dot);

  std::string include(std::string_view name, Any dot) override;
  std::string run_text(std::string_view name, std::string_view text, Any dot) override;

  Heap& heap() { return heap_; }

  // Throws Error(config) with the place of the current node; the message is made as Go's errorf
  // makes it.
  [[noreturn]] void fail(const std::string& format,
                         std::initializer_list<std::string_view> texts = {}) const;

 private:
  enum class Flow { next, break_, continue_ };

  // A command's words (what is called, then arguments) and what a pipe gives as last argument.
  struct Arguments {
    std::span<const Node* const> words;
    const Operand* final = nullptr;

    bool any() const { return words.size() > 1 || final != nullptr; }
    std::size_t given() const { return words.empty() ? 0 : words.size() - 1; }
    std::size_t count() const { return given() + (final != nullptr ? 1 : 0); }
  };

  // A template that is being executed, with the variables of its own.
  struct Frame {
    std::string_view template_name;
    std::size_t first_variable = 0;
  };

  struct Variable {
    std::uint32_t number;  // VariableNode::number
    Operand value;
  };

  // walk.cpp
  Flow walk(const Operand& dot, const Node& node);
  Flow walk_list(const Operand& dot, const ListNode& list);
  void walk_action(const Operand& dot, const ActionNode& action);
  Flow walk_branch(const Operand& dot, const BranchNode& branch);
  void walk_template(const Operand& dot, const TemplateNode& node);
  void run_definition(std::string_view name, const Definition& definition, const Operand& dot);
  std::string capture(std::string_view name, const Any& dot);
  void print_value(const Node& node, const Operand& value, std::uint32_t line);
  void write(std::string_view piece, Origin origin);

  // range.cpp
  Flow walk_range(const Operand& dot, const BranchNode& range);
  bool range_over(const BranchNode& range, const Operand& value);
  bool range_over_integers(const BranchNode& range, const Any& value);
  bool range_over_slice(const BranchNode& range, const Any& slice);
  bool range_over_map(const BranchNode& range, const Any& map);
  Flow iterate(const BranchNode& range, const Operand& index, const Operand& item);

  // evaluate.cpp
  Operand pipeline(const Operand& dot, const PipeNode& pipe);
  Operand command(const Operand& dot, const CommandNode& command, const Operand* final);
  Operand constant(const Node& node);
  Operand number(const NumberNode& node);
  Operand variable(const Operand& dot, const VariableNode& node, const Arguments& arguments);
  Operand chain(const Operand& dot, const ChainNode& node, const Arguments& arguments);
  Operand function(const Operand& dot,
                   const IdentifierNode& node,
                   const Node& command,
                   const Arguments& arguments);
  // What an argument is before its type is checked: anything but a constant.
  Operand word(const Operand& dot, const Node& node);
  void must_not_be_called(const Arguments& arguments) const;
  void push(const VariableNode& variable, const Operand& value);
  void assign(const VariableNode& variable, const Operand& value);
  const Operand& value_of(const VariableNode& variable) const;

  // field.cpp
  Operand fields(const Operand& dot,
                 const Operand& receiver,
                 const Node& node,
                 std::span<const std::string_view> names,
                 const Arguments& arguments);
  Operand field(const Operand& dot,
                const Operand& receiver,
                const Node& node,
                std::string_view name,
                const Arguments& arguments);
  Operand map_entry(const Any& map, std::string_view key);

  // arguments.cpp
  Any argument(const Operand& dot, const Type& type, const Node& node);
  Any constant_argument(const Type& type, const Node& node);
  Any valid(const Operand& operand, const Type& type) const;
  Operand operand_argument(const Operand& dot, const Node& node);

  // call.cpp
  struct Callee {
    const Function& function;
    std::string_view name;
    const Any* receiver = nullptr;  // of a method
  };
  Operand call(const Operand& dot,
               const Callee& callee,
               const Node& node,
               const Arguments& arguments);
  Operand call_builtin(const Operand& dot,
                       const Builtin& builtin,
                       const Node& node,
                       const Arguments& arguments);
  Operand call_and_or(const Operand& dot, const Builtin& builtin, const Arguments& arguments);
  Operand call_call(const Node& node,
                    std::span<const Operand> operands,
                    const Arguments& arguments);
  Operand call_value(const Function& function,
                     const std::string& name,
                     std::span<const Operand> arguments);
  static std::string name_of_callee(const Any& callee, const Arguments& arguments);
  Operand result_of(const Function& function, std::span<const Any> arguments);
  void check_count(std::string_view name,
                   std::size_t parameters,
                   bool variadic,
                   const Arguments& arguments) const;
  template <typename Action>
  auto calling(std::string_view name, const Node& node, Action action);

  // volatile.cpp
  bool holds_volatile(const Any& value);
  bool any_volatile(std::span<const Any> values);
  bool any_volatile(std::span<const Operand> values);
  // Marks what is decided by `condition` for as long as it lives.
  class VolatileScope;

  // Puts back what an inner template changes, on errors too.
  class Saved;

  void at(const Node& node) { node_ = &node; }
  void step();

  const TemplateSet::Body* set_;
  Heap& heap_;
  const RunOptions& options_;
  Writer* writer_ = nullptr;
  const Node* node_ = nullptr;  // that is visited
  Frame frame_;
  std::vector<Variable> variables_;
  std::uint64_t random_state_;
  std::size_t steps_ = 0;
  std::size_t captured_bytes_ = 0;   // output of include and tpl
  std::size_t depth_ = 0;            // of templates
  std::uint32_t printing_line_ = 0;  // of the outermost {{template}}; 0 outside of one
  bool saw_volatile_ = false;        // a function whose results vary was called
  bool captured_volatile_ = false;   // something such was written by include or tpl
  bool in_volatile_ = false;         // within what a volatile condition decides
  StackGuard stack_;
};

}  // namespace celldrift::gotemplate
