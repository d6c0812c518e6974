// JSON to values and back, as Go's encoding/json has it.
#include "sprig/families.hpp"
#include "sprig/go_errors.hpp"
#include "sprig/json_reader.hpp"
#include "sprig/json_writer.hpp"
#include "sprig/values.hpp"

namespace celldrift::sprig {
namespace {

using namespace gotemplate;

Any from_json(const Call& call) {
  return read_json(text(call, 0), call).value;
}

Any must_from_json(const Call& call) {
  const ReadJson read = read_json(text(call, 0), call);
  if (!read.error.empty()) {
    fail(read.error);
  }
  return read.value;
}

Any must_to_json(const Call& call) {
  return call.heap.string(to_json(call[0]));
}

Any must_to_pretty_json(const Call& call) {
  return call.heap.string(indented_json(to_json(call[0])));
}

// An error of this one is a panic even without "must".
Any to_raw_json(const Call& call) {
  return call.heap.string(to_json(call[0], EscapeHtml::no));
}

Any or_empty(const Call& call, Any (*write)(const Call&)) {
  try {
    return write(call);
  } catch (const Error& error) {
    if (error.code() != ErrorCode::config) {
      throw;
    }
    return Any::string("");
  }
}

Any to_json_or_empty(const Call& call) {
  return or_empty(call, must_to_json);
}

Any to_pretty_json(const Call& call) {
  return or_empty(call, must_to_pretty_json);
}

constexpr auto anything = takes<interface_type>;
constexpr auto one_text = takes<string_type>;

constexpr Function table[] = {
    {"fromJson", one_text, false, &interface_type, from_json},
    {"mustFromJson", one_text, false, &interface_type, must_from_json},
    {"mustToJson", anything, false, &string_type, must_to_json},
    {"mustToPrettyJson", anything, false, &string_type, must_to_pretty_json},
    {"mustToRawJson", anything, false, &string_type, to_raw_json},
    {"toJson", anything, false, &string_type, to_json_or_empty},
    {"toPrettyJson", anything, false, &string_type, to_pretty_json},
    {"toRawJson", anything, false, &string_type, to_raw_json},
};

}  // namespace

std::span<const Function> json_functions() {
  return table;
}

}  // namespace celldrift::sprig
