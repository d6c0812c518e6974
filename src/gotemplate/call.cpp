// Calls of functions, methods and builtins.
#include "celldrift/core/error.hpp"
#include "gotemplate/builtin.hpp"
#include "gotemplate/run.hpp"
#include "gotemplate/types.hpp"

#include <array>

namespace celldrift::gotemplate {

namespace {

// Arguments whose number is known beforehand; few of them need no allocation.
template <typename T>
class ArgumentList {
 public:
  explicit ArgumentList(std::size_t size) {
    if (size > few_.size()) {
      many_.resize(size);
      span_ = many_;
    } else {
      span_ = std::span(few_).first(size);
    }
  }
  ArgumentList(const ArgumentList&) = delete;
  ArgumentList& operator=(const ArgumentList&) = delete;

  void add(const T& value) { span_[count_++] = value; }
  std::size_t count() const { return count_; }
  std::span<const T> all() const { return span_.first(count_); }

 private:
  std::array<T, 6> few_;
  std::vector<T> many_;
  std::span<T> span_;
  std::size_t count_ = 0;
};

}  // namespace

void Run::check_count(std::string_view name,
                      std::size_t parameters,
                      bool variadic,
                      const Arguments& arguments) const {
  const auto wrong = [&](std::string_view want, std::size_t number, std::size_t got) {
    fail("wrong number of args for %s: want " + std::string(want) + "%s got %s",
         {name, std::to_string(number), std::to_string(got)});
  };
  if (variadic && arguments.count() + 1 < parameters) {
    wrong("at least ", parameters - 1, arguments.given());
  }
  if (!variadic && arguments.count() != parameters) {
    wrong("", parameters, arguments.count());
  }
}

// Does what a function does: its errors become those of the template, with the function's name.
template <typename Action>
auto Run::calling(std::string_view name, const Node& node, Action action) {
  step();
  try {
    return action();
  } catch (const Error& error) {
    if (error.code() == ErrorCode::limit || error.code() == ErrorCode::internal) {
      throw;
    }
    at(node);
    fail("error calling %s: %s", {name, error.message()});
  }
}

Operand Run::call(const Operand& dot,
                  const Callee& callee,
                  const Node& node,
                  const Arguments& arguments) {
  const Function& function = callee.function;
  const bool is_method = callee.receiver != nullptr;
  const auto parameters = function.parameters.subspan(is_method ? 1 : 0);
  check_count(callee.name, parameters.size(), function.variadic, arguments);
  if (!function.refusal.empty()) {
    fail("%s", {function.refusal});
  }
  ArgumentList<Any> values(arguments.count() + 1);
  if (is_method) {
    values.add(*callee.receiver);
  }
  const auto type_of = [&](std::size_t i) -> const Type& {
    return *parameters[std::min(i, parameters.size() - 1)];
  };
  for (std::size_t i = 0; i < arguments.given(); ++i) {
    values.add(argument(dot, type_of(i), *arguments.words[i + 1]));
  }
  if (arguments.final != nullptr) {
    values.add(valid(*arguments.final, type_of(arguments.given())));
  }
  return calling(callee.name, node, [&] { return result_of(function, values.all()); });
}

Operand Run::result_of(const Function& function, std::span<const Any> arguments) {
  const bool captured = std::exchange(captured_volatile_, false);
  Any result = function.call({arguments, heap_, options_.environment, random_state_, this});
  const bool varies = function.determinism == Determinism::varies;
  saw_volatile_ = saw_volatile_ || varies;
  if (varies || captured_volatile_ || any_volatile(arguments)) {
    result = result.with_volatile();
  }
  captured_volatile_ = captured;
  if (result.is_nil() && function.result != nullptr && function.result->kind != Kind::interface) {
    result = zero_of(*function.result);
  }
  return Operand::stored(result, function.result);
}

Operand Run::call_builtin(const Operand& dot,
                          const Builtin& builtin,
                          const Node& node,
                          const Arguments& arguments) {
  check_count(
      builtin.name, builtin.least + (builtin.variadic ? 1 : 0), builtin.variadic, arguments);
  using Special = Builtin::Special;
  if (builtin.special == Special::and_ || builtin.special == Special::or_) {
    return call_and_or(dot, builtin, arguments);
  }
  ArgumentList<Operand> operands(arguments.count());
  const auto type_of = [&](std::size_t i) -> const Type& {
    return builtin.takes == Takes::format && i == 0 ? string_type : interface_type;
  };
  for (std::size_t i = 0; i < arguments.given(); ++i) {
    const Node& word = *arguments.words[i + 1];
    operands.add(builtin.takes == Takes::operands
                     ? operand_argument(dot, word)
                     : Operand::interface(argument(dot, type_of(i), word)));
  }
  if (arguments.final != nullptr) {
    operands.add(builtin.takes == Takes::operands
                     ? *arguments.final
                     : Operand::interface(valid(*arguments.final, type_of(arguments.given()))));
  }
  Operand result =
      builtin.special == Special::call
          ? call_call(node, operands.all(), arguments)
          : calling(builtin.name, node, [&] { return builtin.call(*this, operands.all()); });
  if (any_volatile(operands.all())) {
    result.value = result.value.with_volatile();
  }
  return result;
}

// Arguments after the one that decides are not evaluated.
Operand Run::call_and_or(const Operand& dot, const Builtin& builtin, const Arguments& arguments) {
  const bool deciding = builtin.special == Builtin::Special::or_;
  bool is_volatile = false;
  Operand value;
  const auto decides = [&](const Operand& operand) {
    value = operand;
    is_volatile = is_volatile || operand.value.is_volatile();
    value.value = is_volatile ? value.value.with_volatile() : value.value;
    return is_true(operand.value) == deciding;
  };
  for (std::size_t i = 0; i < arguments.given(); ++i) {
    if (decides(operand_argument(dot, *arguments.words[i + 1]))) {
      return value;
    }
  }
  if (arguments.final != nullptr) {
    decides(*arguments.final);
  }
  return value;
}

std::string Run::name_of_callee(const Any& callee, const Arguments& arguments) {
  if (arguments.given() > 0) {
    return describe(*arguments.words[1]);
  }
  return callee.kind() == Kind::string ? std::string(callee.as_string())
                                       : '<' + std::string(callee.type()->name) + " Value>";
}

// The builtin `call`: its first argument is what is called.
Operand Run::call_call(const Node& node,
                       std::span<const Operand> operands,
                       const Arguments& arguments) {
  return calling("call", node, [&] {
    const Any& callee = operands.front().value;
    if (callee.is_nil()) {
      throw Error(ErrorCode::config, "call of nil");
    }
    if (callee.kind() != Kind::function) {
      throw Error(ErrorCode::config,
                  "non-function " + name_of_callee(callee, arguments) + " of type " +
                      std::string(callee.type()->name));
    }
    return call_value(*static_cast<const Function*>(callee.object()),
                      name_of_callee(callee, arguments),
                      operands.subspan(1));
  });
}

Operand Run::call_value(const Function& function,
                        const std::string& name,
                        std::span<const Operand> arguments) {
  const std::size_t parameters = function.parameters.size();
  const auto wrong = [&](std::string_view want, std::size_t number) {
    throw Error(ErrorCode::config,
                "wrong number of args for " + name + ": got " + std::to_string(arguments.size()) +
                    " want " + std::string(want) + std::to_string(number));
  };
  if (function.variadic && arguments.size() + 1 < parameters) {
    wrong("at least ", parameters - 1);
  }
  if (!function.variadic && arguments.size() != parameters) {
    wrong("", parameters);
  }
  ArgumentList<Any> values(arguments.size());
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    try {
      values.add(prepared(arguments[i].value, *function.parameters[std::min(i, parameters - 1)]));
    } catch (const Error& error) {
      throw Error(error.code(), "arg " + std::to_string(i) + ": " + error.message());
    }
  }
  return result_of(function, values.all());
}

}  // namespace celldrift::gotemplate
