// {{range}} of a Run.
#include "celldrift/core/error.hpp"
#include "celldrift/gotemplate/format.hpp"
#include "gotemplate/run.hpp"
#include "gotemplate/types.hpp"
#include "gotemplate/volatile_scope.hpp"

namespace celldrift::gotemplate {

Run::Flow Run::walk_range(const Operand& dot, const BranchNode& range) {
  const std::size_t variables = variables_.size();
  const Operand value = pipeline(dot, *range.pipe);
  const VolatileScope scope(*this, value);
  Flow flow = Flow::next;
  if (!range_over(range, value) && range.else_list != nullptr) {
    flow = walk(dot, *range.else_list);
  }
  variables_.resize(variables, {0, {}});
  // Go catches the break of an {{else}} here, too: it ends this range, not the one around it.
  return flow == Flow::break_ ? Flow::next : flow;
}

// Whether there was anything to go through.
bool Run::range_over(const BranchNode& range, const Operand& operand) {
  const Any& value = operand.value;
  if (is_integer(value.kind())) {
    return range_over_integers(range, value);
  }
  switch (value.kind()) {
    case Kind::invalid:
      return false;
    case Kind::slice:
      return range_over_slice(range, value);
    case Kind::map:
      return range_over_map(range, value);
    default:
      fail("range can't iterate over %s", {format_value(pointee_of(value))});
  }
}

bool Run::range_over_integers(const BranchNode& range, const Any& value) {
  if (range.pipe->declared.size() > 1) {
    fail("can't use %s to iterate over more than one variable", {format_value(value)});
  }
  const Type& type = *value.type();
  const bool is_signed_kind = is_signed(type.kind);
  const std::uint64_t count = is_signed_kind
                                  ? std::uint64_t(std::max<std::int64_t>(value.as_int(), 0))
                                  : value.as_unsigned();
  for (std::uint64_t i = 0; i < count; ++i) {
    const Any item =
        is_signed_kind ? Any::integer(std::int64_t(i), type) : Any::unsigned_integer(i, type);
    if (iterate(range, Operand::none(), Operand::concrete(item)) == Flow::break_) {
      break;
    }
  }
  return count > 0;
}

bool Run::range_over_slice(const BranchNode& range, const Any& slice) {
  const std::span<const Any> items = slice.items();
  for (std::size_t i = 0; i < items.size(); ++i) {
    const Operand index = Operand::concrete(Any::integer(std::int64_t(i)));
    if (iterate(range, index, Operand::stored(items[i], slice.type()->item)) == Flow::break_) {
      break;
    }
  }
  return !items.empty();
}

bool Run::range_over_map(const BranchNode& range, const Any& map) {
  if (map.map_node() == nullptr) {
    return false;
  }
  // What the body does to the map does not change what it is run for.
  const std::span<const Map::Entry> now = map.map_node()->entries();
  const std::vector<Map::Entry> entries(now.begin(), now.end());
  for (const Map::Entry& entry : entries) {
    const Operand key = Operand::concrete(Any::string(entry.key));
    if (iterate(range, key, Operand::stored(entry.value, map.type()->item)) == Flow::break_) {
      break;
    }
  }
  return !entries.empty();
}

Run::Flow Run::iterate(const BranchNode& range, const Operand& index, const Operand& item) {
  const std::size_t variables = variables_.size();
  const auto& declared = range.pipe->declared;
  const bool two = declared.size() > 1;
  if (range.pipe->is_assignment) {
    // With two variables the first is the index, with one it is the item.
    assign(*declared[0], two ? index : item);
    if (two) {
      assign(*declared[1], item);
    }
  } else if (!declared.empty()) {
    variables_[variables - 1].value = item;
    if (two) {
      variables_[variables - 2].value = index;
    }
  }
  const Flow flow = walk(item, *range.list);
  variables_.resize(variables, {0, {}});
  return flow;
}

}  // namespace celldrift::gotemplate
