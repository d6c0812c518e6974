#include "cli/substrate.hpp"

#include "celldrift/audit/substrate.hpp"
#include "cli/cell_view.hpp"
#include "cli/likeness.hpp"

#include <algorithm>
#include <set>

namespace celldrift::cli {
namespace {

std::set<std::string> namespaces_of(std::span<const Placed> placed) {
  std::set<std::string> namespaces;
  for (const Placed& application : placed) {
    namespaces.insert(application.application->destination_namespace);
    for (const auto& [key, object] : application.objects) {
      namespaces.insert(key.ns);
    }
  }
  namespaces.erase("");
  return namespaces;
}

// What is told as nobody's already.
std::set<ObjectKey> extra_objects(const SubstrateQuestion& question) {
  std::set<ObjectKey> keys;
  for (const audit::ComparedApplication& application : question.compared) {
    for (const compare::ObjectResult& object : application.objects) {
      if (object.status == compare::Status::extra && audit::is_substrate(object.key.group_kind())) {
        keys.insert(object.key);
      }
    }
  }
  return keys;
}

// Of the kinds of substrates: what Applications want, and these.
std::set<ObjectKey> gits(const SubstrateQuestion& question, const std::set<ObjectKey>& extra) {
  std::set<ObjectKey> keys = extra;
  for (const Placed& application : question.placed) {
    for (const auto& [key, object] : application.objects) {
      if (audit::is_substrate(key.group_kind())) {
        keys.merge(compare::identities(key));
      }
    }
  }
  return keys;
}

std::set<GroupKind> used_kinds(const SubstrateQuestion& question) {
  std::set<GroupKind> kinds;
  for (const auto& [kind, wanted] : question.wants.kinds) {
    kinds.insert(kind);
  }
  for (const Value& definition : definitions_in(question.placed)) {
    kinds.insert({std::string(definition.string_at({"spec", "group"})),
                  std::string(definition.string_at({"spec", "names", "kind"}))});
  }
  return kinds;
}

void note_unread(const compare::CellView& view,
                 const audit::SubstrateKind& kind,
                 audit::Substrate& substrate) {
  const std::set<std::string> nowhere{""};
  const bool is_namespaced = kind.scope == Scope::namespaced;
  for (const std::string& ns : is_namespaced ? substrate.namespaces : nowhere) {
    if (const auto reason = view.unknown(kind.kind, ns)) {
      substrate.unread.emplace(std::pair(kind.kind, ns), *reason);
    }
  }
}

// Of definitions nothing: who wrote their types is who wrote all of them.
Value written(const Value& live) {
  const Value* metadata = live.find("metadata");
  Value kept = Value::map({});
  for (const std::string_view field : {"creationTimestamp", "managedFields"}) {
    const Value* value = metadata == nullptr ? nullptr : metadata->find(field);
    if (value != nullptr && key_of(live).kind != "CustomResourceDefinition") {
      kept = kept.with(field, *value);
    }
  }
  return kept;
}

audit::Substrate::Part part_of(const Value& live,
                               const SubstrateQuestion& question,
                               const std::set<ObjectKey>& gits,
                               SubstrateContents& contents) {
  audit::Substrate::Part part{.key = key_of(live),
                              .api_version = std::string(live.string_at({"apiVersion"})),
                              .content = contents.of(live)};
  part.is_gits = gits.contains(part.key);
  if (!part.is_gits) {
    part.maker = compare::maker_of(live, question.managers);
    part.written = written(live);
  }
  return part;
}

audit::Substrate read_substrate(const SubstrateQuestion& question,
                                const std::set<ObjectKey>& extra,
                                SubstrateContents& contents) {
  const observe::Observation& observation = question.observation;
  const compare::CellView view = cell_view(observation);
  audit::Substrate substrate{.is_known = true,
                             .gits = gits(question, extra),
                             .namespaces = namespaces_of(question.placed),
                             .used = used_kinds(question)};
  for (const audit::SubstrateKind& kind : audit::substrate_kinds()) {
    note_unread(view, kind, substrate);
    for (const Value* live : view.all(kind.kind)) {
      const std::string ns(live->string_at({"metadata", "namespace"}));
      if (ns.empty() || substrate.namespaces.contains(ns)) {
        substrate.parts.push_back(part_of(*live, question, substrate.gits, contents));
      }
    }
  }
  std::ranges::sort(substrate.parts, {}, &audit::Substrate::Part::key);
  if (observation.served.known) {
    substrate.served = observation.served.kinds;
    substrate.unread_groups = observation.served.failed_groups;
  }
  return substrate;
}

}  // namespace

Value SubstrateContents::of(const Value& live) {
  const Value* spec = live.find("spec");
  const bool is_definition = spec != nullptr && key_of(live).kind == "CustomResourceDefinition";
  if (is_definition) {
    const std::lock_guard lock(mutex_);
    if (const auto found = of_specs_.find(spec->hash()); found != of_specs_.end()) {
      return found->second;
    }
  }
  const Value content = shared(audit::substrate_content(live));
  if (is_definition) {
    const std::lock_guard lock(mutex_);
    of_specs_.emplace(spec->hash(), content);
  }
  return content;
}

Value SubstrateContents::shared(const Value& content) {
  const std::lock_guard lock(mutex_);
  return all_.emplace(content.hash(), content).first->second;
}

void want_substrate(std::span<const Placed> placed, observe::Wants& wants) {
  if (placed.empty()) {
    return;
  }
  const std::set<std::string> namespaces = namespaces_of(placed);
  for (const audit::SubstrateKind& kind : audit::substrate_kinds()) {
    if (kind.scope == Scope::cluster) {
      wants.context.insert(kind.kind);
    } else if (!namespaces.empty()) {
      wants.nearby[kind.kind] = namespaces;
    }
  }
}

audit::Substrate substrate_of(const SubstrateQuestion& question,
                              SubstrateInCells& known,
                              SubstrateContents& contents) {
  const std::set<ObjectKey> extra = extra_objects(question);
  Likeness all(Question::substrate);
  all.hash(question.likeness.others).hash(question.wanted->likeness);
  for (const ObjectKey& key : extra) {
    all.text(key.group).text(key.kind).text(key.ns).text(key.name);
  }
  const Hash likeness = all.sum();
  auto found = known.find(likeness);
  if (found == nullptr) {
    found =
        known.add(likeness,
                  std::make_shared<const SubstrateInCell>(read_substrate(question, extra, contents),
                                                          question.observation.objects,
                                                          question.wanted));
  }
  return found->substrate;
}

}  // namespace celldrift::cli
