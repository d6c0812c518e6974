// What a cell has of a service that runs a release, and what people did to it by hand.
#pragma once

#include "celldrift/compare/match.hpp"
#include "celldrift/yaml/yaml.hpp"
#include "random_repo.hpp"

#include <map>
#include <string>

namespace celldrift::history {

enum class Edit { replicas, label, environment, level, paused, extra_object };
inline constexpr std::size_t edit_kinds = 6;
enum class Record { kept, lost };  // of managedFields

inline Value tracked(const Value& object, const std::string& application) {
  const ObjectKey key = key_of(object);
  const std::string id =
      application + ":" + key.group + "/" + key.kind + ":" + key.ns + "/" + key.name;
  const Value& metadata = *object.find("metadata");
  return object.with(
      "metadata",
      metadata.with("uid", Value::string("1"))
          .with("annotations",
                Value::map({{"argocd.argoproj.io/tracking-id", Value::string(id)}})));
}

inline Value at(const Value& object, std::initializer_list<const char*> path, const Value& leaf) {
  if (path.size() == 0) {
    return leaf;
  }
  const char* key = *path.begin();
  const Value* inner = object.find(key);
  std::vector<const char*> rest(path.begin() + 1, path.end());
  Value below = inner == nullptr ? Value::map({}) : *inner;
  // Only paths of one to four steps are used.
  switch (rest.size()) {
    case 0:
      return object.with(key, leaf);
    case 1:
      return object.with(key, at(below, {rest[0]}, leaf));
    case 2:
      return object.with(key, at(below, {rest[0], rest[1]}, leaf));
    default:
      return object.with(key, at(below, {rest[0], rest[1], rest[2]}, leaf));
  }
}

// managedFields' form of a tree: what its writer owns.
inline Value fields_of(const Value& value) {
  if (value.is_list()) {
    Value::Map items{{".", Value::map({})}};
    for (const Value& item : value.items()) {
      if (item.find("name") == nullptr) {
        return Value::map({});
      }
      Value fields = fields_of(item);
      items.push_back({"k:{\"name\":\"" + std::string(item.string_at({"name"})) + "\"}",
                       fields.with(".", Value::map({}))});
    }
    return Value::map(items);
  }
  Value::Map fields;
  for (const auto& [key, entry] : value.entries()) {
    fields.push_back({"f:" + key.str(), fields_of(entry)});
  }
  return Value::map(fields);
}

inline Value claim(const char* manager, const char* operation, const Value& fields) {
  return Value::map({{"manager", Value::string(manager)},
                     {"operation", Value::string(operation)},
                     {"apiVersion", Value::string("v1")},
                     {"time", Value::string("2026-01-01T00:00:00Z")},
                     {"fieldsType", Value::string("FieldsV1")},
                     {"fieldsV1", fields}});
}

// An object as somebody left it: what Argo CD applied, and by hand.
struct LiveObject {
  Value applied;  // without what was changed since
  Value by_hand;  // a tree of what was
  Value live;
};

inline Value without_identity(const Value& object) {
  return object.without("apiVersion")
      .without("kind")
      .with("metadata", object.find("metadata")->without("name").without("namespace"));
}

inline Value recorded(const LiveObject& object, Record record) {
  if (record == Record::lost) {
    return object.live;
  }
  Value::List claims;
  if (!object.applied.is_null()) {
    claims.push_back(
        claim("argocd-controller", "Apply", fields_of(without_identity(object.applied))));
  }
  if (!object.by_hand.is_null()) {
    claims.push_back(claim("kubectl-edit", "Update", fields_of(object.by_hand)));
  }
  return object.live.with("metadata",
                          object.live.find("metadata")->with("managedFields", Value::list(claims)));
}

class RandomCell {
 public:
  RandomCell(const Service& service, std::string application)
      : service_(service), application_(std::move(application)) {
    const Release& release = service.live();
    add(deployment_of(service.name, release));
    add(config_of(service.name, "", release.level));
    if (release.has_extra) {
      add(config_of(service.name, "-extra", 7));
    }
  }

  void edit(Edit edit, int number) {
    LiveObject& deployment = objects_[0];
    LiveObject& config = objects_[1];
    const Value text = Value::string("by-hand-" + std::to_string(number));
    switch (edit) {
      case Edit::replicas:
        deployment.applied =
            deployment.applied.with("spec", deployment.applied.find("spec")->without("replicas"));
        change(deployment, {"spec", "replicas"}, Value::integer(900 + number));
        break;
      case Edit::label:
        change(deployment, {"metadata", "labels", "by-hand"}, text);
        break;
      case Edit::environment:
        change(deployment,
               {"spec", "template", "metadata", "annotations"},
               Value::map({{"restarted", text}}));
        break;
      case Edit::level:
        config.applied = config.applied.with("data", config.applied.find("data")->without("level"));
        change(config, {"data", "level"}, text);
        break;
      case Edit::paused:
        change(deployment, {"spec", "paused"}, Value::boolean(true));
        break;
      case Edit::extra_object:
        objects_.push_back(
            {.by_hand = Value::map({{"data", Value::map({{"x", text}})}}),
             .live =
                 tracked(yaml::parse("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: zz\n  "
                                     "namespace: " +
                                     service_.name + "\ndata:\n  x: y\n")
                             .value,
                         application_)});
    }
  }

  std::map<ObjectKey, Value> objects(Record record) const {
    std::map<ObjectKey, Value> all;
    for (const LiveObject& object : objects_) {
      all[key_of(object.live)] = recorded(object, record);
    }
    return all;
  }

 private:
  void add(const std::string& text) {
    const Value object = tracked(yaml::parse(text).value, application_);
    objects_.push_back({.applied = object, .by_hand = {}, .live = object});
  }

  static void change(LiveObject& object,
                     std::initializer_list<const char*> path,
                     const Value& value) {
    object.by_hand = at(object.by_hand, path, value);
    object.live = at(object.live, path, value);
  }

  Service service_;
  std::string application_;
  std::vector<LiveObject> objects_;
};

}  // namespace celldrift::history
