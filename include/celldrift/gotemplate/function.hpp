// Function: one entry of a function library: its name, Go signature and code.
#pragma once

#include "celldrift/core/error.hpp"
#include "celldrift/gotemplate/any.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace celldrift::gotemplate {

// What a run may know of the world: given, never read from the machine.
struct Environment {
  std::chrono::sys_time<std::chrono::nanoseconds> now{};
  std::string local_zone = "UTC";  // what Go's time.Local is
  std::uint64_t seed = 0;          // of random functions; equal seeds give equal output
};

class Executor;

// One call of a function. Arguments have been checked and converted as its signature says.
struct Call {
  std::span<const Any> arguments;
  Heap& heap;
  const Environment& environment;
  std::uint64_t& random_state;   // changes with each use
  Executor* executor = nullptr;  // the run that calls; nullptr outside a template

  const Any& operator[](std::size_t index) const { return arguments[index]; }
  std::size_t size() const { return arguments.size(); }
};

enum class Determinism : std::uint8_t { pure, varies };  // varies: another run, another result

struct Function {
  std::string_view name;
  // Go types of the parameters; of a variadic one the last is repeated, none to any number of
  // times. Arguments of an `interface {}` parameter come as they are.
  std::span<const Type* const> parameters;
  bool variadic = false;
  const Type* result = nullptr;
  // Throws Error(config) where the Go function returns an error or panics, with that error's text:
  // the engine puts "error calling <name>: " before it.
  Any (*call)(const Call& call) = nullptr;
  Determinism determinism = Determinism::pure;
  // Not empty: calling it is an error with this text, for text/template takes no functions of such
  // a signature ("function Date has 3 return values; should be 1 or 2"); `call` is then nullptr.
  std::string_view refusal{};
};

// Names parameters in tables: {"trunc", takes<int_type, string_type>, false, &string_type, trunc}.
template <const Type&... types>
inline constexpr const Type* takes_array[sizeof...(types) + 1] = {&types..., nullptr};
template <const Type&... types>
inline constexpr std::span<const Type* const> takes{takes_array<types...>, sizeof...(types)};

// Functions by name. Built once, then read by any number of threads.
class FunctionTable {
 public:
  // A later function of the same name replaces the earlier one. The functions must outlive the
  // table.
  void add(std::span<const Function> functions);
  void remove(std::string_view name);
  const Function* find(std::string_view name) const;  // nullptr when there is none
  const std::map<std::string_view, const Function*>& all() const { return functions_; }

 private:
  std::map<std::string_view, const Function*> functions_;
};

}  // namespace celldrift::gotemplate
