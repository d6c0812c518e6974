#include "fleet/templates/strategic_merge.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/core/text.hpp"
#include "fleet/shapes/application_shape.hpp"
#include "fleet/shapes/entries.hpp"

#include <algorithm>

namespace celldrift::fleet {
namespace {

constexpr std::string_view directive = "$patch";
constexpr std::string_view retain_keys = "$retainKeys";
constexpr std::string_view delete_from = "$deleteFromPrimitiveList";
constexpr std::string_view element_order = "$setElementOrder";
constexpr int max_depth = 200;

[[noreturn]] void refuse(const std::string& message, const Value& place) {
  throw Error(ErrorCode::config, message, place.mark());
}

bool contains(std::span<const Value> items, const Value& wanted) {
  return std::ranges::find(items, wanted) != items.end();
}

// Go finds a struct's field by its JSON name, ignoring case.
const Field* field_of(const Shape& shape, std::string_view key) {
  for (const Field& field : shape.fields) {
    if (lower(field.name) == lower(key)) {
      return &field;
    }
  }
  return nullptr;
}

const Shape& shape_below(const Shape& shape, std::string_view key, const Value& place) {
  if (shape.kind == Shape::Kind::raw) {
    refuse("unable to find api field in struct RawExtension for the json field \"" +
               std::string(key) + "\"",
           place);
  }
  if (shape.kind != Shape::Kind::structure) {
    refuse("merging an object in json but data type is not struct, instead is: map", place);
  }
  const Field* field = field_of(shape, key);
  if (field == nullptr) {
    refuse("unable to find api field in the struct for the json field \"" + std::string(key) + "\"",
           place);
  }
  return *field->shape;
}

// A value that is taken as a whole: nulls in maps and whatever has a directive are left out.
// Nothing when the value itself is one.
std::optional<Value> without_directives(const Value& value) {
  if (value.is_map()) {
    if (value.find(directive) != nullptr) {
      return std::nullopt;
    }
    Value::Map entries;
    for (const auto& [key, item] : value.entries()) {
      const std::optional<Value> kept = item.is_null() ? std::nullopt : without_directives(item);
      if (kept) {
        entries.push_back({key, *kept});
      }
    }
    return Value::map(std::move(entries)).with_mark(value.mark());
  }
  if (value.is_list()) {
    Value::List items;
    for (const Value& item : value.items()) {
      if (const std::optional<Value> kept = without_directives(item)) {
        items.push_back(*kept);
      }
    }
    return Value::list(std::move(items)).with_mark(value.mark());
  }
  return value;
}

std::size_t index_of(std::span<const Value> items, const Value& wanted) {
  return static_cast<std::size_t>(std::ranges::find(items, wanted) - items.begin());
}

// Items that only the original has go before the patch's where the original had them before.
Value::List interleaved(const Value::List& left, const Value::List& right, const Value& original) {
  Value::List all;
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < left.size() || j < right.size()) {
    const bool both = i < left.size() && j < right.size();
    const bool left_first =
        both ? contains(original.items(), right[j]) &&
                   index_of(original.items(), left[i]) < index_of(original.items(), right[j])
             : i < left.size();
    all.push_back(left_first ? left[i++] : right[j++]);
  }
  return all;
}

// The list in the order that `order` states, with what it does not name where it was.
Value ordered(const Value& merged, const Value& order, const Value& original) {
  Value::List named;
  Value::List others;
  for (const Value& item : order.items()) {
    if (contains(merged.items(), item) && !contains(named, item)) {
      named.push_back(item);
    }
  }
  for (const Value& item : merged.items()) {
    if (!contains(order.items(), item)) {
      others.push_back(item);
    }
  }
  return Value::list(interleaved(others, named, original)).with_mark(order.mark());
}

void require_scalars(const Value& list) {
  for (const Value& item : list.items()) {
    if (!item.is_scalar() || item.kind() != list.items().front().kind()) {
      refuse("a list that is to be united holds values of different types", list);
    }
  }
}

Value united(const Value& original, const Value& patch) {
  require_scalars(original);
  require_scalars(patch);
  Value::List all;
  for (const Value* list : {&original, &patch}) {
    for (const Value& item : list->items()) {
      if (!contains(all, item)) {
        all.push_back(item);
      }
    }
  }
  return ordered(Value::list(std::move(all)), patch, original);
}

class Merger {
 public:
  explicit Merger(int depth) : depth_(depth) {}

  Value merge(const Value& original, const Value& patch, const Shape& shape) {
    if (depth_ > max_depth) {
      throw Error(ErrorCode::limit, "the patch is nested deeper than 200 levels", patch.mark());
    }
    if (const Value* kind = patch.find(directive)) {
      return directed(*kind, patch);
    }
    result_ = original;
    retain(patch);
    order_lists(patch, shape);
    for (const auto& [key, value] : patch.entries()) {
      const bool is_ordered = patch.find(order_key(key.view())) != nullptr && value.is_list();
      if (!key.view().starts_with(element_order) && key.view() != retain_keys && !is_ordered) {
        apply(key.view(), value, shape);
      }
    }
    return result_;
  }

 private:
  static Value directed(const Value& kind, const Value& patch) {
    const std::string_view name = kind.is_string() ? kind.as_string() : "";
    if (name == "replace") {
      return patch.without(directive);
    }
    if (name == "delete") {
      return Value::map({});
    }
    refuse("unknown patch type: " + std::string(name), patch);
  }

  void retain(const Value& patch) {
    const Value* retained = patch.find(retain_keys);
    if (retained == nullptr) {
      return;
    }
    const auto is_retained = [&](std::string_view key) {
      return contains(retained->items(), Value::string(key));
    };
    const bool consistent =
        retained->is_list() && std::ranges::all_of(patch.entries(), [&](const Value::Entry& entry) {
          return entry.value.is_null() || entry.key.view() == retain_keys ||
                 entry.key.view().starts_with(delete_from) ||
                 entry.key.view().starts_with(element_order) || is_retained(entry.key.view());
        });
    if (!consistent) {
      refuse("invalid patch format of retainKeys", *retained);
    }
    const Value before = result_;
    for (const auto& [key, value] : before.entries()) {
      result_ = is_retained(key.view()) ? result_ : result_.without(key.view());
    }
  }

  static std::string order_key(std::string_view key) {
    return std::string(element_order) + "/" + std::string(key);
  }

  static std::string_view key_after_slash(std::string_view key, const Value& place) {
    const std::size_t slash = key.find('/');
    if (slash == std::string_view::npos) {
      refuse("invalid patch format: \"" + std::string(key) + "\" names no field", place);
    }
    return key.substr(slash + 1);
  }

  void order_lists(const Value& patch, const Shape& shape) {
    for (const auto& [key, order] : patch.entries()) {
      if (!key.view().starts_with(element_order)) {
        continue;
      }
      const std::string_view name = key_after_slash(key.view(), order);
      const Shape& list_shape = shape_below(shape, name, order);
      const Value* stated = patch.find(name);
      const Value* present = result_.find(name);
      if (stated == nullptr && present == nullptr) {
        continue;
      }
      require_scalars(order);
      Value merged = stated == nullptr    ? *present
                     : present == nullptr ? *without_directives(*stated)
                                          : merged_list(*present, *stated, list_shape);
      require_scalars(merged);
      const Value original = present != nullptr ? *present : Value::list({});
      result_ = result_.with(name, ordered(merged, order, original));
    }
  }

  static Value merged_list(const Value& original, const Value& patch, const Shape& shape) {
    return &shape == &finalizers_shape ? united(original, patch) : patch;
  }

  void take_whole(std::string_view key, const Value& value) {
    const std::optional<Value> kept = without_directives(value);
    result_ = kept ? result_.with(key, *kept) : result_.without(key);
  }

  void apply(std::string_view key, const Value& value, const Shape& shape) {
    if (key.starts_with(delete_from)) {
      return remove_items(key_after_slash(key, value), value);
    }
    const Value* present = result_.find(key);
    if (value.is_null()) {
      result_ = result_.without(key);
    } else if (present == nullptr || present->kind() != value.kind() || value.is_scalar()) {
      take_whole(key, value);
    } else if (value.is_map()) {
      const Shape& below = shape_below(shape, key, value);
      result_ = result_.with(key, Merger(depth_ + 1).merge(*present, value, below));
    } else {
      result_ = result_.with(key, merged_list(*present, value, shape_below(shape, key, value)));
    }
  }

  void remove_items(std::string_view key, const Value& items) {
    const Value* present = result_.find(key);
    if (items.is_null()) {
      result_ = result_.without(key);
      return;
    }
    if (present == nullptr || !present->is_list() || !items.is_list()) {
      return;
    }
    Value::List kept;
    for (const Value& item : present->items()) {
      if (!contains(items.items(), item)) {
        kept.push_back(item);
      }
    }
    result_ = result_.with(key, Value::list(std::move(kept)).with_mark(present->mark()));
  }

  int depth_;
  Value result_;
};

}  // namespace

Value strategic_merge(const Value& original, const Value& patch, const Shape& shape) {
  return Merger(0).merge(original, patch, shape);
}

}  // namespace celldrift::fleet
