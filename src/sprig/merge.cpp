// merge and mergeOverwrite as dario.cat/mergo 1.0 merges maps: in place, the first map given being
// the one that changes. And deepCopy, for those who want it not to.
#include "sprig/families.hpp"
#include "sprig/go_errors.hpp"
#include "sprig/values.hpp"

namespace celldrift::sprig {
namespace {

using namespace gotemplate;

enum class Overwrite { yes, no };

constexpr int max_depth = 200;

void check_depth(int depth, std::string_view doing) {
  if (depth > max_depth) {
    throw Error(ErrorCode::limit,
                std::string(doing) + ": values nest deeper than " + std::to_string(max_depth));
  }
}

// mergo's isEmptyValue.
bool is_blank(const Any& value) {
  return value.kind() != Kind::complex128 && is_empty(value);
}

[[noreturn]] void fail_assignment(std::string_view from, const Type& to) {
  fail("reflect.Value.SetMapIndex: value of type " + std::string(from) +
       " is not assignable to type " + std::string(to.name));
}

// One merge of a map into another. `merge` keeps what is there and not empty; mergeOverwrite
// keeps only what `src` does not have, empty values of `src` win too. Maps in both are merged.
class Merging {
 public:
  Merging(const Call& call, Overwrite overwrite) : call_(call), overwrite_(overwrite) {}

  // False where mergo gives its one error: the rest is left as it is.
  bool merge(const Any& dst, const Any& src, int depth) {
    check_depth(depth, "merging maps");
    const auto entries = src.map_node()->entries();
    const std::vector<Map::Entry> snapshot(entries.begin(), entries.end());  // src may be dst
    for (const Map::Entry& entry : snapshot) {
      const Any* value = src.map_node()->find(entry.key);
      if (value != nullptr && !merge_entry(dst, entry.key, *value, *src.type(), depth)) {
        return false;
      }
    }
    return true;
  }

 private:
  bool merge_entry(
      const Any& dst, std::string_view key, Any value, const Type& src_type, int depth) {
    const bool overwrites = overwrite_ == Overwrite::yes;
    const std::string_view source =
        src_type.item->kind == Kind::interface ? "interface {}" : src_type.item->name;
    if (value.is_nil()) {
      if (overwrites) {
        put(dst, key, value, source);
      }
      return true;
    }
    const Any* found = dst.map_node()->find(key);
    const bool there = found != nullptr;
    const Any old = there ? *found : Any();
    if (value.kind() == Kind::slice) {
      check_slice(dst, value, there);
    } else if (value.kind() == Kind::map || value.kind() == Kind::pointer ||
               value.kind() == Kind::structure) {
      if (!merge_inside(old, value, depth)) {
        return false;
      }
    }
    const bool merged = value.kind() == Kind::map && old.kind() == Kind::map;
    if (is_blank(old) || (overwrites && !merged)) {
      put(dst, key, value, source);
    }
    return true;
  }

  // What mergo does with lists before it looks at what is there.
  void check_slice(const Any& dst, const Any& value, bool there) {
    if (dst.type()->item->kind == Kind::interface) {
      return;
    }
    if (there) {
      fail("reflect: call of reflect.Value.IsNil on string Value");
    }
    fail_assignment(value.type()->name, *dst.type()->item);
  }

  bool merge_inside(const Any& old, const Any& value, int depth) {
    if (old.kind() == Kind::map && value.kind() == Kind::map) {
      if (old.map_node() != nullptr && value.map_node() != nullptr) {
        return merge(old, value, depth + 1);
      }
      return true;
    }
    const bool into_pointer = old.kind() == Kind::pointer && value.kind() != Kind::pointer;
    return !into_pointer || overwrite_ == Overwrite::yes;
  }

  void put(const Any& dst, std::string_view key, const Any& value, std::string_view source) {
    const Type& item = *dst.type()->item;
    if (item.kind != Kind::interface && source != item.name) {
      fail_assignment(source, item);
    }
    charge(call_, sizeof(Map::Entry));
    dst.map_node()->set(key, value);
  }

  const Call& call_;
  Overwrite overwrite_;
};

// Nothing where mergo gives its error.
std::optional<Any> merged(const Call& call, Overwrite overwrite) {
  Any dst = call[0];
  for (const Any& src : call.arguments.subspan(1)) {
    if (src.map_node() == nullptr) {
      continue;
    }
    if (dst.map_node() == nullptr) {
      dst = call.heap.make_map();
    }
    if (!Merging(call, overwrite).merge(dst, src, 0)) {
      return std::nullopt;
    }
  }
  return dst;
}

Any or_empty(const std::optional<Any>& result) {
  return result.value_or(Any::string(""));
}

Any or_failed(const std::optional<Any>& result) {
  return result ? *result : (fail("src and dst must be of same type"), Any());
}

Any merge(const Call& call) {
  return or_empty(merged(call, Overwrite::no));
}

Any must_merge(const Call& call) {
  return or_failed(merged(call, Overwrite::no));
}

Any merge_overwrite(const Call& call) {
  return or_empty(merged(call, Overwrite::yes));
}

Any must_merge_overwrite(const Call& call) {
  return or_failed(merged(call, Overwrite::yes));
}

Any copied(const Call& call, const Any& value, int depth) {
  check_depth(depth, "copying a value");
  if (value.kind() == Kind::slice && value.slice_node() != nullptr) {
    std::vector<Any> items;
    for (const Any& item : value.items()) {
      items.push_back(copied(call, item, depth + 1));
    }
    return call.heap.make_list(std::move(items), *value.type(), value.slice_node()->capacity());
  }
  if (value.kind() == Kind::map && value.map_node() != nullptr) {
    const Any copy = call.heap.make_map(*value.type());
    for (const Map::Entry& entry : value.map_node()->entries()) {
      charge(call, sizeof(Map::Entry));
      copy.map_node()->set(entry.key, copied(call, entry.value, depth + 1));
    }
    return copy;
  }
  return value;  // the others cannot be changed
}

Any deep_copy(const Call& call) {
  if (call[0].is_nil()) {
    fail("reflect: call of reflect.Value.Type on zero Value");
  }
  return copied(call, call[0], 0);
}

constexpr auto maps = takes<map_type, map_type>;
constexpr auto anything = takes<interface_type>;

constexpr Function table[] = {
    {"deepCopy", anything, false, &interface_type, deep_copy},
    {"merge", maps, true, &interface_type, merge},
    {"mergeOverwrite", maps, true, &interface_type, merge_overwrite},
    {"mustDeepCopy", anything, false, &interface_type, deep_copy},
    {"mustMerge", maps, true, &interface_type, must_merge},
    {"mustMergeOverwrite", maps, true, &interface_type, must_merge_overwrite},
};

}  // namespace

std::span<const Function> merge_functions() {
  return table;
}

}  // namespace celldrift::sprig
