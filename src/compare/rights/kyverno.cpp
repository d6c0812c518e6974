#include "compare/rights/kyverno.hpp"

#include "celldrift/core/kinds.hpp"
#include "celldrift/core/text.hpp"
#include "compare/rights/judge_row.hpp"
#include "compare/rights/kyverno_patches.hpp"

#include <algorithm>

namespace celldrift::compare {
namespace {

std::span<const Value> items(const Value& map, std::string_view key) {
  const Value* list = map.find(key);
  return list == nullptr ? std::span<const Value>{} : list->items();
}

Value part(const Value& map, std::string_view key) {
  const Value* found = map.find(key);
  return found == nullptr ? Value() : *found;
}

bool is_version(std::string_view text) {
  return text == "*" || (text.size() > 1 && text[0] == 'v' && text[1] >= '0' && text[1] <= '9');
}

// "Pod", "v1/Pod", "apps/v1/Deployment", "apps/*/Deployment", "*": of subresources none.
bool names_kind(std::string_view text, const GroupKind& kind) {
  const auto parts = split(text, '/');
  if (parts.size() == 1) {
    return glob_match(parts[0], kind.kind);
  }
  if (parts.size() == 2) {
    return is_version(parts[0]) && glob_match(parts[1], kind.kind);
  }
  return parts.size() == 3 && glob_match(parts[0], kind.group) && glob_match(parts[2], kind.kind);
}

bool any_glob(std::span<const Value> patterns, std::string_view text) {
  return std::ranges::any_of(patterns, [&](const Value& pattern) {
    return pattern.is_string() && glob_match(pattern.as_string(), text);
  });
}

// The Pods of these are made from a template; Kyverno's autogen makes rules about Pods rules about
// them.
struct Templated {
  std::string_view kind;
  std::string_view at;
};
constexpr Templated templated[] = {
    {"DaemonSet", "spec.template"},
    {"Deployment", "spec.template"},
    {"Job", "spec.template"},
    {"ReplicaSet", "spec.template"},
    {"ReplicationController", "spec.template"},
    {"StatefulSet", "spec.template"},
    {"CronJob", "spec.jobTemplate.spec.template"},
};

const Templated* template_in(const GroupKind& kind) {
  const bool is_group = kind.group.empty() || kind.group == "apps" || kind.group == "batch";
  const auto found = std::ranges::find(templated, kind.kind, &Templated::kind);
  return is_group && found != std::end(templated) ? &*found : nullptr;
}

bool kinds_match(const Value& resources, const GroupKind& kind) {
  const auto kinds = items(resources, "kinds");
  return kinds.empty() || std::ranges::any_of(kinds, [&](const Value& each) {
           return each.is_string() &&
                  (names_kind(each.as_string(), kind) ||
                   (template_in(kind) != nullptr && names_kind(each.as_string(), pod_kind)));
         });
}

bool names_match(const Value& resources, const ObjectKey& key) {
  const std::string_view name = resources.string_at({"name"});
  const auto names = items(resources, "names");
  return (name.empty() || glob_match(name, key.name)) &&
         (names.empty() || any_glob(names, key.name));
}

bool annotations_match(const Value& resources, const Value& object) {
  const Value* wanted = resources.find("annotations");
  const Value* have = object.find({"metadata", "annotations"});
  return wanted == nullptr ||
         std::ranges::all_of(wanted->entries(), [&](const Value::Entry& entry) {
           const Value* value = have == nullptr ? nullptr : have->find(entry.key);
           return value != nullptr && glob_match(scalar_text(entry.value), scalar_text(*value));
         });
}

bool operations_match(const Value& resources) {
  const auto operations = items(resources, "operations");
  return operations.empty() || any_glob(operations, "CREATE") || any_glob(operations, "UPDATE");
}

// One filter: {resources, subjects, roles, clusterRoles}. Who wrote the object is not known.
Match matches_filter(const Value& filter, const Written& written) {
  const Value resources = part(filter, "resources");
  const auto namespaces = items(resources, "namespaces");
  const bool plain = kinds_match(resources, written.key.group_kind()) &&
                     names_match(resources, written.key) &&
                     (namespaces.empty() || any_glob(namespaces, written.key.ns)) &&
                     annotations_match(resources, written.live) && operations_match(resources);
  Match match = match_of(plain);
  match = both(match,
               either(selects(resources.find("selector"), labels_of(written.desired)),
                      selects(resources.find("selector"), labels_of(written.live))));
  match = both(match, selects(resources.find("namespaceSelector"), written.of_namespace));
  const bool by_user = !items(filter, "subjects").empty() || !items(filter, "roles").empty() ||
                       !items(filter, "clusterRoles").empty();
  return by_user ? both(match, Match::unknown) : match;
}

Match matches_filters(const Value& filters, const Written& written) {
  if (!items(filters, "all").empty()) {
    Match match = Match::yes;
    for (const Value& filter : items(filters, "all")) {
      match = both(match, matches_filter(filter, written));
    }
    return match;
  }
  if (!items(filters, "any").empty()) {
    Match match = Match::no;
    for (const Value& filter : items(filters, "any")) {
      match = either(match, matches_filter(filter, written));
    }
    return match;
  }
  return filters.find("resources") == nullptr ? Match::no : matches_filter(filters, written);
}

// A rewritten image is the same one from another registry. Without that a cell that lags behind Git
// would pass for one that a policy changed.
bool is_same_image(const Value& want, const Value& have) {
  const auto last_part = [](const Value& image) {
    const std::string text = scalar_text(image);
    const std::string name = text.substr(0, text.find("@sha256:"));
    const std::string last = name.substr(name.rfind('/') + 1);
    return last.find(':') == std::string::npos ? last + ":latest" : last;
  };
  return last_part(want) == last_part(have);
}

bool puts_value(const KyvernoPatch& patch, const Difference& difference) {
  if (difference.change == Change::added) {
    return true;
  }
  const Value have = found(difference);
  const bool is_image = difference.path.text().ends_with(".image");
  // A variable alone says nothing of what it puts.
  const bool says = patch.value && patch.value->find_first_not_of('*') != std::string::npos;
  if (!patch.value || !glob_match(*patch.value, scalar_text(have)) || (!says && !is_image)) {
    return false;
  }
  const bool is_constant = patch.value->find('*') == std::string::npos;
  return is_constant || !is_image || is_same_image(wanted(difference), have);
}

}  // namespace

std::vector<KyvernoRule> kyverno_rules(const Value& policy) {
  std::vector<KyvernoRule> rules;
  const Value* list = policy.find({"spec", "rules"});
  for (const Value& rule : list == nullptr ? std::span<const Value>{} : list->items()) {
    KyvernoRule read{.policy = std::string(policy.string_at({"kind"})) + " " +
                               std::string(policy.string_at({"metadata", "name"})),
                     .ns = std::string(policy.string_at({"metadata", "namespace"})),
                     .match = part(rule, "match"),
                     .exclude = part(rule, "exclude"),
                     .patches = kyverno_patches(rule)};
    const auto targets = items(part(rule, "mutate"), "targets");
    read.targets.assign(targets.begin(), targets.end());
    if (!read.patches.empty()) {
      rules.push_back(std::move(read));
    }
  }
  return rules;
}

Match is_about(const KyvernoRule& rule, const Written& written) {
  if (!rule.targets.empty() || (!rule.ns.empty() && rule.ns != written.key.ns)) {
    return Match::no;
  }
  return both(matches_filters(rule.match, written),
              negated(matches_filters(rule.exclude, written)));
}

bool is_target(const KyvernoRule& rule, const ObjectKey& key) {
  const auto agrees = [](std::string_view pattern, std::string_view text) {
    return pattern.empty() || pattern.find("{{") != std::string_view::npos ||
           glob_match(pattern, text);
  };
  return std::ranges::any_of(rule.targets, [&](const Value& target) {
    return group_of(target.string_at({"apiVersion"})) == key.group &&
           glob_match(target.string_at({"kind"}), key.kind) &&
           agrees(target.string_at({"name"}), key.name) &&
           agrees(target.string_at({"namespace"}), key.ns);
  });
}

namespace {

// The paths that a patch explains of a difference. Of an item that is added whole (a container) it
// explains all: the server fills in what the patch leaves out.
PathPattern explained(const PathPattern& path, const Difference& difference) {
  const std::size_t depth = difference.path.steps().size();
  if (difference.change != Change::added || depth == 0 || depth >= path.steps().size()) {
    return path;
  }
  const PathPattern::Step& last = path.steps()[depth - 1];
  const bool is_one_item = last.is_item && !last.key.empty() && last.glob != "*";
  const auto above = path.steps().first(depth);
  return is_one_item ? PathPattern({above.begin(), above.end()}) : path;
}

}  // namespace

bool puts(const KyvernoRule& rule, const ObjectKey& key, const Difference& difference) {
  std::vector<PathPattern> paths;
  const Templated* at = template_in(key.group_kind());
  const PathPattern pods = at == nullptr ? PathPattern() : PathPattern::parse(at->at);
  for (const KyvernoPatch& patch : rule.patches) {
    if (puts_value(patch, difference)) {
      paths.push_back(explained(patch.path, difference));
      if (at != nullptr) {
        paths.push_back(explained(patch.path.below(pods.steps()), difference));
      }
    }
  }
  return cover(paths, difference.path, wanted(difference), found(difference));
}

}  // namespace celldrift::compare
