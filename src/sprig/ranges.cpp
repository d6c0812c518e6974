// Sequences of whole numbers.
#include "sprig/families.hpp"
#include "sprig/values.hpp"

namespace celldrift::sprig {
namespace {

using namespace gotemplate;

// Go adds without looking at overflow, and so may never reach `stop`: the charge ends that.
std::int64_t advanced(const Call& call, std::int64_t number, std::int64_t step) {
  charge(call, sizeof(Any));
  return std::int64_t(std::uint64_t(number) + std::uint64_t(step));
}

std::vector<std::int64_t> steps(const Call& call,
                                std::int64_t start,
                                std::int64_t stop,
                                std::int64_t step) {
  std::vector<std::int64_t> numbers;
  if (stop < start ? step >= 0 : step <= 0) {
    return numbers;
  }
  const bool down = stop < start;
  for (std::int64_t i = start; down ? i > stop : i < stop; i = advanced(call, i, step)) {
    numbers.push_back(i);
  }
  return numbers;
}

Any list_of(const Call& call, const std::vector<std::int64_t>& numbers) {
  std::vector<Any> items;
  items.reserve(numbers.size());
  for (const std::int64_t number : numbers) {
    items.push_back(Any::integer(number));
  }
  return appended_list(call, std::move(items), int_list_type);
}

Any until(const Call& call) {
  const std::int64_t stop = call[0].as_int();
  return list_of(call, steps(call, 0, stop, stop < 0 ? -1 : 1));
}

Any until_step(const Call& call) {
  return list_of(call, steps(call, call[0].as_int(), call[1].as_int(), call[2].as_int()));
}

// `end` included, with one more or less as Go adds it.
std::string spelled(const Call& call, std::int64_t start, std::int64_t end, std::int64_t step) {
  const std::int64_t one = end < start ? -1 : 1;
  const std::int64_t stop = std::int64_t(std::uint64_t(end) + std::uint64_t(one));
  std::string text;
  for (const std::int64_t number : steps(call, start, stop, step)) {
    text += (text.empty() ? "" : " ") + std::to_string(number);
  }
  return text;
}

// As the command seq: `seq end`, `seq start end`, `seq start step end`.
Any seq(const Call& call) {
  if (call.size() == 0 || call.size() > 3) {
    return Any::string("");
  }
  const std::int64_t start = call.size() == 1 ? 1 : call[0].as_int();
  const std::int64_t end = call[call.size() - 1].as_int();
  const std::int64_t step = call.size() == 3 ? call[1].as_int() : end < start ? -1 : 1;
  if (end < start && step > 0) {
    return Any::string("");
  }
  return call.heap.string(spelled(call, start, end, step));
}

constexpr Function table[] = {
    {"seq", takes<int_type>, true, &string_type, seq},
    {"until", takes<int_type>, false, &int_list_type, until},
    {"untilStep", takes<int_type, int_type, int_type>, false, &int_list_type, until_step},
};

}  // namespace

std::span<const Function> ranges_functions() {
  return table;
}

}  // namespace celldrift::sprig
