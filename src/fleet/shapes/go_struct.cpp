#include "fleet/shapes/go_struct.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/core/text.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace celldrift::fleet {
namespace {

using Kind = Shape::Kind;

std::string_view expectation(Kind kind) {
  switch (kind) {
    case Kind::string:
      return "a string (quote it)";
    case Kind::boolean:
      return "true or false";
    case Kind::integer:
    case Kind::int_or_string:
      return "a whole number";
    case Kind::list:
      return "a list";
    default:
      return "a map";
  }
}

[[noreturn]] void refuse(const Value& value, Kind kind, const std::string& path) {
  throw Error(ErrorCode::parse,
              path + " must be " + std::string(expectation(kind)) + ", not " +
                  std::string(describe(value.kind())),
              value.mark());
}

// Also 3.0, which YAML's way to JSON writes as 3.
bool is_int32(const Value& value) {
  if (!value.is_number()) {
    return false;
  }
  const double number = value.as_double();
  return number >= std::numeric_limits<std::int32_t>::min() &&
         number <= std::numeric_limits<std::int32_t>::max() && number == std::trunc(number);
}

// encoding/json's own folding: ASCII letters, and the two others that fold into them.
std::string folded(std::string_view key) {
  std::string text = lower(key);
  for (const auto& [odd, plain] : {std::pair<std::string_view, char>{"\u017f", 's'},
                                   std::pair<std::string_view, char>{"\u212a", 'k'}}) {
    for (std::size_t at = text.find(odd); at != text.npos; at = text.find(odd)) {
      text.replace(at, odd.size(), 1, plain);
    }
  }
  return text;
}

// MergePatch writes its result with sorted keys.
std::vector<const Value::Entry*> sorted_entries(const Value& value) {
  std::vector<const Value::Entry*> entries;
  for (const Value::Entry& entry : value.entries()) {
    entries.push_back(&entry);
  }
  std::ranges::sort(entries, {}, [](const Value::Entry* entry) { return entry->key.view(); });
  return entries;
}

}  // namespace

void GoStruct::decode(const Value& value, const std::string& path) {
  mark_ = value.mark();
  switch (shape_->kind) {
    case Kind::structure:
      return decode_fields(value, path);
    case Kind::map:
      return decode_entries(value, path);
    case Kind::list:
      return decode_items(value, path);
    default:
      return decode_scalar(value, path);
  }
}

void GoStruct::decode_null(Pointer pointer) {
  if (shape_->kind == Kind::map) {
    entries_.clear();
  } else if (shape_->kind == Kind::list) {
    items_.clear();
    size_ = 0;
  } else if (shape_->kind == Kind::int_or_string) {
    scalar_ = number_.is_null() ? Value::integer(0) : number_;
  } else if (pointer == Pointer::yes) {
    scalar_ = Value();
    fields_.clear();
  }
}

const Field* GoStruct::field_of(std::string_view key) const {
  const Field* similar = nullptr;
  for (const Field& field : shape_->fields) {
    if (field.name == key) {
      return &field;
    }
    if (similar == nullptr && folded(field.name) == folded(key)) {
      similar = &field;
    }
  }
  return similar;
}

void GoStruct::decode_fields(const Value& value, const std::string& path) {
  if (!value.is_map()) {
    refuse(value, shape_->kind, path);
  }
  for (const Value::Entry* entry : sorted_entries(value)) {
    if (const Field* field = field_of(entry->key.view())) {
      decode_field(*field, entry->value, path + "." + std::string(field->name));
    }
  }
}

void GoStruct::decode_field(const Field& field, const Value& value, const std::string& path) {
  const Kind kind = field.shape->kind;
  const bool is_pointer = field.written == Written::if_given && kind != Kind::map &&
                          kind != Kind::list;  // those are in a struct of their own, which stays
  if (value.is_null() && is_pointer) {
    fields_.erase(field.name);
    return;
  }
  GoStruct& member = fields_.try_emplace(field.name, *field.shape).first->second;
  value.is_null() ? member.decode_null(Pointer::no) : member.decode(value, path);
}

void GoStruct::decode_entries(const Value& value, const std::string& path) {
  if (!value.is_map()) {
    refuse(value, shape_->kind, path);
  }
  for (const auto& [key, item] : value.entries()) {
    GoStruct member(*shape_->item);
    if (!item.is_null()) {
      member.decode(item, path + "." + key.str());
    }
    const auto known = std::ranges::find(entries_, key, &Value::Entry::key);
    if (known != entries_.end()) {
      known->value = member.value();
    } else {
      entries_.push_back({key, member.value()});
    }
  }
}

void GoStruct::decode_items(const Value& value, const std::string& path) {
  if (!value.is_list()) {
    refuse(value, shape_->kind, path);
  }
  std::size_t i = 0;
  for (const Value& item : value.items()) {
    if (i == items_.size()) {
      items_.emplace_back(*shape_->item);
    }
    item.is_null() ? items_[i].decode_null(Pointer::no)
                   : items_[i].decode(item, path + "[" + std::to_string(i) + "]");
    ++i;
  }
  size_ = i;
  if (i == 0) {
    items_.clear();  // a new slice
  }
}

void GoStruct::decode_scalar(const Value& value, const std::string& path) {
  const Kind kind = shape_->kind;
  const bool fits = kind == Kind::string          ? value.is_string()
                    : kind == Kind::boolean       ? value.is_bool()
                    : kind == Kind::integer       ? value.is_int()
                    : kind == Kind::int_or_string ? value.is_string() || is_int32(value)
                                                  : true;
  if (!fits) {
    refuse(value, kind, path);
  }
  scalar_ = value;
  if (kind == Kind::int_or_string && value.is_number()) {
    scalar_ = Value::integer(static_cast<std::int64_t>(value.as_double())).with_mark(value.mark());
    number_ = scalar_;
  }
}

Value GoStruct::value() const {
  switch (shape_->kind) {
    case Kind::structure: {
      Value::Map entries;
      for (const Field& field : shape_->fields) {
        if (const auto found = fields_.find(field.name); found != fields_.end()) {
          entries.push_back({field.name, found->second.value()});
        }
      }
      return Value::map(std::move(entries)).with_mark(mark_);
    }
    case Kind::map:
      return Value::map(entries_).with_mark(mark_);
    case Kind::list: {
      Value::List items;
      for (std::size_t i = 0; i < size_; ++i) {
        items.push_back(items_[i].value());
      }
      return Value::list(std::move(items)).with_mark(mark_);
    }
    case Kind::string:
      return scalar_.is_null() ? Value::string("").with_mark(mark_) : scalar_;
    case Kind::boolean:
      return scalar_.is_null() ? Value::boolean(false).with_mark(mark_) : scalar_;
    case Kind::integer:
    case Kind::int_or_string:
      return scalar_.is_null() ? Value::integer(0).with_mark(mark_) : scalar_;
    default:
      return scalar_;
  }
}

}  // namespace celldrift::fleet
