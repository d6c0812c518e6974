#include "services/fields.hpp"

#include "celldrift/core/error.hpp"

namespace celldrift::services {
namespace {

// The value itself stays out of the message: it may be a token in the wrong place.
[[noreturn]] void refuse(Fields::From from, const std::string& text, const Mark& mark) {
  const bool answer = from == Fields::From::answer;
  throw Error(answer ? ErrorCode::server : ErrorCode::config,
              (answer ? "the answer is not as it should be: " : "") + text,
              answer ? Mark{} : mark);
}

std::string instead(std::string_view wanted, const Value& value) {
  return "must be a " + std::string(wanted) + ", not a " + std::string(describe(value.kind()));
}

}  // namespace

Fields::Fields(Value map, From from, std::string what)
    : map_(std::move(map)), from_(from), what_(std::move(what)) {
  if (!map_.is_map()) {
    refuse(from_, what_ + " " + instead("map", map_), map_.mark());
  }
}

std::string Fields::path_to(std::string_view field) const {
  return what_ + "." + std::string(field);
}

void Fields::wrong(std::string_view field, std::string_view why) const {
  const Value* value = map_.find(field);
  refuse(from_, path_to(field) + " " + std::string(why), value ? value->mark() : map_.mark());
}

const Value* Fields::present(std::string_view field) const {
  const Value* value = map_.find(field);
  return value && !value->is_null() ? value : nullptr;
}

const Value& Fields::needed(std::string_view field) const {
  const Value* value = present(field);
  if (!value) {
    wrong(field, "is missing");
  }
  return *value;
}

std::string Fields::text(std::string_view field) const {
  return present(field) ? needed_text(field) : "";
}

std::string Fields::needed_text(std::string_view field) const {
  const Value& value = needed(field);
  if (!value.is_string()) {
    wrong(field, instead("string", value));
  }
  return std::string(value.as_string());
}

bool Fields::flag(std::string_view field, bool otherwise) const {
  const Value* value = present(field);
  if (value && !value->is_bool()) {
    wrong(field, instead("boolean", *value));
  }
  return value ? value->as_bool() : otherwise;
}

std::int64_t Fields::number(std::string_view field) const {
  return present(field) ? needed_number(field) : 0;
}

std::int64_t Fields::needed_number(std::string_view field) const {
  const Value& value = needed(field);
  if (!value.is_int()) {
    wrong(field, instead("whole number", value));
  }
  return value.as_int();
}

std::vector<std::string> Fields::texts(std::string_view field) const {
  const Value* value = present(field);
  if (value && !value->is_list()) {
    wrong(field, instead("list", *value));
  }
  std::vector<std::string> texts;
  for (const Value& item : value ? value->items() : std::span<const Value>{}) {
    if (!item.is_string()) {
      wrong(field, instead("list of strings", item));
    }
    texts.emplace_back(item.as_string());
  }
  return texts;
}

std::vector<Fields> Fields::objects(std::string_view field) const {
  const Value* value = present(field);
  return value ? all(*value, from_, path_to(field)) : std::vector<Fields>{};
}

std::optional<Fields> Fields::object(std::string_view field) const {
  return present(field) ? std::optional(needed_object(field)) : std::nullopt;
}

Fields Fields::needed_object(std::string_view field) const {
  return Fields(needed(field), from_, path_to(field));
}

std::vector<Fields> Fields::all(const Value& list, From from, const std::string& what) {
  if (!list.is_list() && !list.is_null()) {
    refuse(from, what + " " + instead("list", list), list.mark());
  }
  std::vector<Fields> all;
  all.reserve(list.size());
  for (const Value& item : list.items()) {
    all.emplace_back(item, from, what + "[" + std::to_string(all.size()) + "]");
  }
  return all;
}

}  // namespace celldrift::services
