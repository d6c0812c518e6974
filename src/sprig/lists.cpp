// Lists. Functions that change a list make a new []interface {}; those that take a part of it by
// position share its items.
#include "celldrift/gotemplate/capacity.hpp"
#include "sprig/families.hpp"
#include "sprig/go_errors.hpp"
#include "sprig/known_items.hpp"
#include "sprig/numbers.hpp"
#include "sprig/values.hpp"

#include <algorithm>
#include <cmath>

namespace celldrift::sprig {
namespace {

using namespace gotemplate;

// The items of a slice; `what` begins the error for anything else: "Cannot push on type".
std::span<const Any> items_of(const Any& list, std::string_view what) {
  if (list.is_nil()) {
    fail_nil_dereference();
  }
  if (list.kind() != Kind::slice) {
    fail(std::string(what) + " " + std::string(describe(list.kind())));
  }
  return list.items();
}

Any new_list(const Call& call, std::span<const Any> items) {
  return call.heap.make_list({items.begin(), items.end()});
}

Any nil_list() {
  return Any::slice(list_type, nullptr);
}

Any list(const Call& call) {
  return new_list(call, call.arguments);
}

Any push(const Call& call) {
  const auto items = items_of(call[0], "Cannot push on type");
  std::vector<Any> longer(items.begin(), items.end());
  longer.push_back(call[1]);
  const std::size_t capacity = grown_capacity(items.size(), longer.size(), interface_type);
  return call.heap.make_list(std::move(longer), list_type, capacity);
}

Any prepend(const Call& call) {
  const auto items = items_of(call[0], "Cannot prepend on type");
  std::vector<Any> longer{call[1]};
  longer.insert(longer.end(), items.begin(), items.end());
  const std::size_t capacity = grown_capacity(1, longer.size(), interface_type);
  return call.heap.make_list(std::move(longer), list_type, capacity);
}

Any first(const Call& call) {
  const auto items = items_of(call[0], "Cannot find first on type");
  return items.empty() ? Any() : items.front();
}

Any last(const Call& call) {
  const auto items = items_of(call[0], "Cannot find last on type");
  return items.empty() ? Any() : items.back();
}

Any rest(const Call& call) {
  const auto items = items_of(call[0], "Cannot find rest on type");
  return items.empty() ? nil_list() : new_list(call, items.subspan(1));
}

Any initial(const Call& call) {
  const auto items = items_of(call[0], "Cannot find initial on type");
  return items.empty() ? nil_list() : new_list(call, items.first(items.size() - 1));
}

Any reverse(const Call& call) {
  const auto items = items_of(call[0], "Cannot find reverse on type");
  return call.heap.make_list({items.rbegin(), items.rend()});
}

Any compact(const Call& call) {
  std::vector<Any> kept;
  std::ranges::copy_if(items_of(call[0], "Cannot compact on type"),
                       std::back_inserter(kept),
                       [](const Any& item) { return !is_empty(item); });
  return appended_list(call, std::move(kept));
}

Any uniq(const Call& call) {
  KnownItems seen(call);
  std::vector<Any> kept;
  for (const Any& item : items_of(call[0], "Cannot find uniq on type")) {
    if (seen.add(item)) {
      kept.push_back(item);
    }
  }
  return appended_list(call, std::move(kept));
}

Any without(const Call& call) {
  const auto items = items_of(call[0], "Cannot find without on type");
  KnownItems omitted(call);
  for (const Any& item : call.arguments.subspan(1)) {
    omitted.add(item);
  }
  std::vector<Any> kept;
  std::ranges::copy_if(
      items, std::back_inserter(kept), [&](const Any& item) { return !omitted.contains(item); });
  return appended_list(call, std::move(kept));
}

Any has(const Call& call) {
  if (call[1].is_nil()) {
    return Any::boolean(false);
  }
  const auto items = items_of(call[1], "Cannot find has on type");
  return Any::boolean(
      std::ranges::any_of(items, [&](const Any& item) { return deep_equal(call[0], item); }));
}

Any slice(const Call& call) {
  const auto items = items_of(call[0], "list should be type of slice or array but");
  if (items.empty()) {
    return {};
  }
  const std::size_t capacity = call[0].slice_node()->capacity();
  const std::int64_t begin = call.size() > 1 ? to_int64(call[1]) : 0;
  const std::int64_t end = call.size() > 2 ? to_int64(call[2]) : std::int64_t(items.size());
  if (begin < 0 || end < begin || end > std::int64_t(capacity)) {
    fail("reflect.Value.Slice: slice index out of bounds");
  }
  return call.heap.make_slice_of(call[0], std::size_t(begin), std::size_t(end));
}

Any concat(const Call& call) {
  std::vector<Any> all;
  for (const Any& part : call.arguments) {
    if (part.is_nil()) {
      fail_nil_dereference();
    }
    if (part.kind() != Kind::slice) {
      fail("Cannot concat type " + std::string(describe(part.kind())) + " as list");
    }
    all.insert(all.end(), part.items().begin(), part.items().end());
  }
  return all.empty() ? nil_list() : appended_list(call, std::move(all));
}

// How many items sprig puts into each of the lists that it cuts a list of `size` into. It computes
// with reals, so that sizes below 1 give odd results or none.
std::vector<std::int64_t> chunk_sizes(const Call& call, double size, std::int64_t each) {
  const auto check = [](std::int64_t length) {
    if (length < 0) {
      fail_at_runtime("makeslice: len out of range");
    }
    return length;
  };
  const std::int64_t count = check(truncated(std::floor((size - 1) / double(each)) + 1));
  charge(call, sizeof(Any), std::size_t(count));
  std::vector<std::int64_t> sizes(std::size_t(count), each);
  if (count > 0) {
    const std::int64_t odd = truncated(std::floor(std::fmod(size, double(each))));
    sizes.back() = odd == 0 ? each : odd;
  }
  std::ranges::for_each(sizes, check);
  return sizes;
}

Any chunk(const Call& call) {
  auto items = items_of(call[1], "Cannot chunk type");
  std::vector<Any> chunks;
  for (const std::int64_t size : chunk_sizes(call, double(items.size()), call[0].as_int())) {
    chunks.push_back(new_list(call, items.first(std::size_t(size))));
    items = items.subspan(std::size_t(size));
  }
  return call.heap.make_list(std::move(chunks), list_of_lists_type);
}

constexpr auto anything = takes<interface_type>;
constexpr auto pair = takes<interface_type, interface_type>;
constexpr auto size_and_list = takes<int_type, interface_type>;

// Functions with "must" return errors that those without panic with: templates see no difference.
constexpr Function table[] = {
    {"append", pair, false, &list_type, push},
    {"chunk", size_and_list, false, &list_of_lists_type, chunk},
    {"compact", anything, false, &list_type, compact},
    {"concat", anything, true, &interface_type, concat},
    {"first", anything, false, &interface_type, first},
    {"has", pair, false, &bool_type, has},
    {"initial", anything, false, &list_type, initial},
    {"last", anything, false, &interface_type, last},
    {"list", anything, true, &list_type, list},
    {"mustAppend", pair, false, &list_type, push},
    {"mustChunk", size_and_list, false, &list_of_lists_type, chunk},
    {"mustCompact", anything, false, &list_type, compact},
    {"mustFirst", anything, false, &interface_type, first},
    {"mustHas", pair, false, &bool_type, has},
    {"mustInitial", anything, false, &list_type, initial},
    {"mustLast", anything, false, &interface_type, last},
    {"mustPrepend", pair, false, &list_type, prepend},
    {"mustPush", pair, false, &list_type, push},
    {"mustRest", anything, false, &list_type, rest},
    {"mustReverse", anything, false, &list_type, reverse},
    {"mustSlice", pair, true, &interface_type, slice},
    {"mustUniq", anything, false, &list_type, uniq},
    {"mustWithout", pair, true, &list_type, without},
    {"prepend", pair, false, &list_type, prepend},
    {"push", pair, false, &list_type, push},
    {"rest", anything, false, &list_type, rest},
    {"reverse", anything, false, &list_type, reverse},
    {"slice", pair, true, &interface_type, slice},
    {"tuple", anything, true, &list_type, list},
    {"uniq", anything, false, &list_type, uniq},
    {"without", pair, true, &list_type, without},
};

}  // namespace

std::span<const Function> lists_functions() {
  return table;
}

}  // namespace celldrift::sprig
