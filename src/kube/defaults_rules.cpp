#include "kube/defaults_rules.hpp"

#include "celldrift/core/text.hpp"

#include <algorithm>
#include <string>

namespace celldrift::kube {
namespace {

Default put(Value value) {
  return {.kind = Default::Kind::value, .value = std::move(value)};
}

const Value& root_of(const Place& place) {
  const auto* root = &place;
  while (root->parent != nullptr) {
    root = root->parent;
  }
  return root->live;
}

Default any(const Place&, std::string_view) {
  return {.kind = Default::Kind::any};
}

Default object_name(const Place& parent, std::string_view) {
  const auto* name = root_of(parent).find({"metadata", "name"});
  return name != nullptr ? put(*name) : Default{};
}

// True for an image with the tag "latest", also where a digest follows it, and for one with neither
// tag nor digest.
bool is_latest(std::string_view image) {
  const auto at = image.find('@');
  const auto tagged = image.substr(0, at);
  const auto name = tagged.substr(tagged.rfind('/') + 1);  // npos + 1 is 0
  const auto colon = name.find(':');
  return colon == std::string_view::npos ? at == std::string_view::npos
                                         : name.substr(colon + 1) == "latest";
}

Default pull_policy(const Place& parent, std::string_view image_field) {
  static const auto always = Value::string("Always");
  static const auto if_not_present = Value::string("IfNotPresent");
  const bool latest = is_latest(parent.live.string_at({image_field}));
  auto policy = put(latest ? always : if_not_present);
  policy.earlier = {latest ? if_not_present : always};
  return policy;
}

Default image_pull_policy(const Place& parent, std::string_view) {
  return pull_policy(parent, "image");
}

Default image_volume_pull_policy(const Place& parent, std::string_view) {
  return pull_policy(parent, "reference");
}

// A Job's labels, and a ReplicationController's labels and selector, come from its template where
// nobody states any. Where some are stated now, there may have been none before.
Default template_label(const Place& parent, std::string_view key) {
  for (const auto* place = &parent; place != nullptr; place = place->parent) {
    if (place->field == "template") {
      return {};  // the template's own labels come from nowhere
    }
  }
  const auto* label = root_of(parent).find({"spec", "template", "metadata", "labels", key});
  if (label == nullptr) {
    return {};
  }
  const bool states_others = parent.desired != nullptr && parent.desired->size() != 0;
  const auto* live = parent.live.find(key);
  const bool is_kept = states_others && live != nullptr && *live == *label;
  return is_kept ? Default{.kind = Default::Kind::any} : put(*label);
}

// The admission plugin LimitRanger notes in an annotation that it filled in limits or requests.
Default limit_ranger(const Place& parent, std::string_view) {
  const bool filled_in =
      root_of(parent).find({"metadata", "annotations", "kubernetes.io/limit-ranger"}) != nullptr;
  return {.kind = filled_in ? Default::Kind::any : Default::Kind::none};
}

// A Pod's request for a resource is its limit; `parent` is the map of requests. That of a whole Pod
// (spec.resources) is the sum over its containers, as far as they have any.
Default same_limit(const Place& parent, std::string_view resource) {
  const auto* requirements = parent.parent;
  if (requirements != nullptr && requirements->parent != nullptr &&
      requirements->parent->type.name == "io.k8s.api.core.v1.PodSpec") {
    return {.kind = Default::Kind::any};
  }
  const auto* limit =
      requirements != nullptr ? requirements->live.find({"limits", resource}) : nullptr;
  const auto ranged = limit_ranger(parent, resource);
  return ranged.kind == Default::Kind::none && limit != nullptr ? put(*limit) : ranged;
}

// The value for a resource in an item of a LimitRange: the first of `fields` that has it.
Default limit_entry(const Place& parent,
                    std::string_view resource,
                    std::initializer_list<std::string_view> fields) {
  for (const auto field : fields) {
    const auto* value =
        parent.parent != nullptr ? parent.parent->live.find({field, resource}) : nullptr;
    if (value != nullptr) {
      return put(*value);
    }
  }
  return {};
}

Default limit_default(const Place& parent, std::string_view resource) {
  return limit_entry(parent, resource, {"max"});
}

Default limit_default_request(const Place& parent, std::string_view resource) {
  return limit_entry(parent, resource, {"default", "min", "max"});
}

// hostPort is containerPort in a Pod with the host's network; `parent` is the port.
Default host_network_port(const Place& parent, std::string_view) {
  const auto* place = &parent;
  while (place != nullptr && place->type.name != "io.k8s.api.core.v1.PodSpec") {
    place = place->parent;
  }
  const auto* host_network = place != nullptr ? place->live.find("hostNetwork") : nullptr;
  const auto* port = parent.live.find("containerPort");
  const bool is_host = host_network != nullptr && *host_network == Value::boolean(true);
  return is_host && port != nullptr ? put(*port) : Default{};
}

// The names of a CustomResourceDefinition; `parent` is spec.names.
Default lower_kind(const Place& parent, std::string_view) {
  return put(Value::string(lower(parent.live.string_at({"kind"}))));
}

Default list_kind(const Place& parent, std::string_view) {
  return put(Value::string(std::string(parent.live.string_at({"kind"})) + "List"));
}

const std::pair<std::string_view, ComputedDefault> rules[] = {
    {"any", any},
    {"object_name", object_name},
    {"image_pull_policy", image_pull_policy},
    {"image_volume_pull_policy", image_volume_pull_policy},
    {"same_limit", same_limit},
    {"limit_ranger", limit_ranger},
    {"template_label", template_label},
    {"limit_default", limit_default},
    {"limit_default_request", limit_default_request},
    {"host_network_port", host_network_port},
    {"lower_kind", lower_kind},
    {"list_kind", list_kind},
};

}  // namespace

ComputedDefault find_computed_default(std::string_view name) {
  for (const auto& [known, rule] : rules) {
    if (known == name) {
      return rule;
    }
  }
  return nullptr;
}

}  // namespace celldrift::kube
