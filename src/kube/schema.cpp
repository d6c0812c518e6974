#include "celldrift/kube/schema.hpp"

#include "kube/schema_text.hpp"

#include <algorithm>

namespace celldrift::embedded {
extern const std::string_view builtin_schema;
}

namespace celldrift::kube {

namespace {

// As <; the first byte mostly tells.
bool is_before(std::string_view a, std::string_view b) {
  const bool tells = !a.empty() && !b.empty() && a.front() != b.front();
  return tells ? static_cast<unsigned char>(a.front()) < static_cast<unsigned char>(b.front())
               : a < b;
}

}  // namespace

const Field* Type::find(std::string_view field_name) const {
  const auto found = std::ranges::lower_bound(fields, field_name, is_before, &Field::name);
  return found != fields.end() && found->name == field_name ? &*found : nullptr;
}

const Field* Type::find_by_hash(const Hash& name_hash) const {
  const std::size_t mask = by_hash.size() - 1;
  for (std::size_t i = name_hash.low & mask;; i = (i + 1) & mask) {
    const FieldSlot& slot = by_hash[i];
    if (slot.field == nullptr || slot.name == name_hash) {
      return slot.field;
    }
  }
}

const Type* Type::field(std::string_view field_name) const {
  if (kind == Kind::map) {
    return item();
  }
  const auto* found = find(field_name);
  return found != nullptr ? found->type : &unknown_type();
}

const Type* Type::item() const {
  return element != nullptr ? element : &unknown_type();
}

const Type& unknown_type() {
  static const Type type;
  return type;
}

const Schema& Schema::builtin() {
  static const Schema schema({read_schema(embedded::builtin_schema)});
  return schema;
}

std::string_view Schema::builtin_version() {
  return builtin().parts_.back()->version;
}

Schema Schema::of_cell(std::vector<Parts> own, std::string kubernetes_version) {
  own.push_back(builtin().parts_.back());
  return Schema(std::move(own), std::move(kubernetes_version));
}

Schema Schema::with(std::vector<Parts> own) const {
  own.insert(own.end(), parts_.begin(), parts_.end());
  return Schema(std::move(own), version_);
}

std::vector<std::string_view> Schema::texts() const {
  std::vector<std::string_view> texts;
  for (const auto& parts : parts_) {
    if (!parts->text.empty()) {
      texts.push_back(parts->text);
    }
  }
  return texts;
}

bool Schema::knows(std::string_view api_version, std::string_view kind) const {
  return std::ranges::any_of(
      parts_, [&](const Parts& parts) { return parts->by_kind.contains({api_version, kind}); });
}

std::string_view Schema::version() const {
  return version_.empty() ? builtin_version() : version_;
}

const Type& Schema::type_of(std::string_view api_version, std::string_view kind) const {
  for (const auto& parts : parts_) {
    if (const auto exact = parts->by_kind.find({api_version, kind});
        exact != parts->by_kind.end()) {
      return *exact->second;
    }
  }
  const auto& builtin = parts_.back()->by_kind;
  const auto other = std::ranges::find_if(builtin, [&](const auto& entry) {
    return entry.first.second == kind && group_of(entry.first.first) == group_of(api_version);
  });
  return other != builtin.end() ? *other->second : unknown_type();
}

const Type& Schema::inside(const Type& type, const Value& value) const {
  constexpr std::size_t of_every_object = 3;  // apiVersion, kind, metadata
  if (!type.embedded || !type.preserve_unknown || type.fields.size() > of_every_object) {
    return type;
  }
  const auto& own = type_of(value.string_at({"apiVersion"}), value.string_at({"kind"}));
  return own.kind != Type::Kind::unknown ? own : type;
}

const Type* Schema::named(std::string_view type_name) const {
  for (const auto& parts : parts_) {
    const auto found = parts->by_name.find(type_name);
    if (found != parts->by_name.end() && !found->second->name.empty()) {
      return found->second;
    }
  }
  return nullptr;
}

}  // namespace celldrift::kube
