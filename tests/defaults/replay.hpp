// Recorded or fresh pairs of what was stated and what a real API server made of it, against the
// table of defaults.
#pragma once

#include "celldrift/core/text.hpp"
#include "celldrift/kube/defaults.hpp"
#include "celldrift/yaml/yaml.hpp"

#include <string>
#include <vector>

namespace celldrift::kube {

// Walks a live object next to what was stated and notes each field that nobody stated and no
// default explains. Simpler than compare on purpose: it has no owners to fall back on.
class Replay {
 public:
  std::vector<std::string> run(const Value& stated, const Value& live) {
    const auto& type =
        Schema::builtin().type_of(stated.string_at({"apiVersion"}), stated.string_at({"kind"}));
    if (type.kind != Type::Kind::structure) {
      return {"the kind is not known"};
    }
    node(&stated, {.live = live, .type = type, .desired = &stated}, "");
    return unexplained_;
  }

 private:
  void node(const Value* stated, const Place& place, const std::string& path) {
    if (place.live.is_list()) {
      list(stated, place, path);
      return;
    }
    for (const auto& [key, value] : place.live.entries()) {
      field(stated != nullptr ? stated->find(key) : nullptr,
            place,
            key.view(),
            value,
            path + "." + key.str());
    }
  }

  void field(const Value* stated,
             const Place& parent,
             std::string_view name,
             const Value& live,
             const std::string& path) {
    if (server_field(parent, name)) {
      return;
    }
    const Place place{.live = live,
                      .type = *parent.type.field(name),
                      .field = name,
                      .parent = &parent,
                      .desired = stated};
    if (stated != nullptr && !says_nothing(*stated, parent, name)) {
      node(stated, place, path);
    } else {
      unstated(place, default_of(parent, name), path);
    }
  }

  static bool says_nothing(const Value& stated, const Place& parent, std::string_view name) {
    const auto* known = parent.type.find(name);
    const bool empty = stated == Value::string("") || stated == Value::integer(0) ||
                       stated == Value::boolean(false) ||
                       (!stated.is_scalar() && stated.size() == 0);
    return stated.is_null() || (empty && known != nullptr && known->zero_is_absent);
  }

  void unstated(const Place& place, const Default& expected, const std::string& path) {
    if (place.live.is_null() || expected.explains(place.live)) {
      return;
    }
    const bool put_there = expected.kind == Default::Kind::value && expected.value.is_map();
    if (put_there || place.type.kind == Type::Kind::map || place.live.is_list()) {
      node(nullptr, place, path);
    } else {
      unexplained_.push_back(path + " = " + yaml::emit_json(place.live));
    }
  }

  void list(const Value* stated, const Place& place, const std::string& path) {
    const auto& type = *place.type.item();
    std::size_t next = 0;  // the server keeps the order of what is stated, and adds at either end
    for (const auto& item : place.live.items()) {
      if (stated != nullptr && next < stated->size() &&
          (place.live.size() == stated->size() || !default_item(place, item))) {
        const auto& same = stated->items()[next++];
        node(&same, {.live = item, .type = type, .parent = &place, .desired = &same}, path + "[]");
      } else if (!default_item(place, item)) {
        unexplained_.push_back(path + "[] = " + yaml::emit_json(item));
      }
    }
  }

  std::vector<std::string> unexplained_;
};

// The API server does this before anything else (see testdata/defaults/README.md).
inline Value with_string_data_folded(Value secret) {
  auto data = Value::map({});
  if (const auto* stated = secret.find("data")) {
    for (const auto& [key, value] : stated->entries()) {
      data = data.with(key, value.is_null() ? Value::string("") : value);
    }
  }
  if (const auto* plain = secret.find("stringData")) {
    for (const auto& [key, value] : plain->entries()) {
      data = data.with(key, Value::string(base64_encode(value.as_string())));
    }
  }
  return secret.without("stringData").with("data", data);
}

// What of `live` nobody stated and no default explains.
inline std::vector<std::string> unexplained(const Value& stated, const Value& live) {
  const bool is_secret = stated.string_at({"kind"}) == "Secret";
  return Replay().run(is_secret ? with_string_data_folded(stated) : stated, live);
}

}  // namespace celldrift::kube
