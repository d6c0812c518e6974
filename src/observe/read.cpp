// Step two of reading a cell: the lists, all cluster-wide ones first, then, for the kinds where
// that is forbidden, namespace by namespace.
#include "celldrift/core/parallel.hpp"
#include "celldrift/kube/list.hpp"
#include "celldrift/observe/observe.hpp"
#include "celldrift/observe/scrubber.hpp"
#include "observe/cell_schema.hpp"

#include <algorithm>
#include <future>
#include <iterator>
#include <memory>

namespace celldrift::observe {
namespace {

using State = KindCoverage::State;

// One list to be read, and how that ended. Each is touched by one thread only.
struct Listing {
  GroupKind kind;
  kube::ListRequest request;
  std::vector<LiveObject> objects = {};
  KnownSecrets known = {};  // of its objects, where they are Secrets
  std::string reason = {};  // "" when it was read to its end
  ErrorCode code = ErrorCode::internal;
  KindCoverage coverage = {};  // of the kind at this version
  bool ownerless = false;      // objects with an owner are of no interest

  bool failed() const { return !reason.empty(); }
};

// What is known of a kind is what is known of it at each version that was read.
KindCoverage both(const KindCoverage& a, const KindCoverage& b) {
  if (a.state == State::unknown || b.state == State::complete) {
    return a;
  }
  if (b.state == State::unknown || a.state == State::complete) {
    return b;
  }
  KindCoverage common = a;
  std::erase_if(common.namespaces,
                [&](const std::string& ns) { return !b.namespaces.contains(ns); });
  return common;
}

void check_kind(const LiveObject& object, const GroupKind& wanted) {
  if (object.key.group_kind() != wanted) {
    throw Error(ErrorCode::server,
                "a list of " + wanted.kind + " has " + printable(describe(object.key)) + " in it");
  }
}

// See Wants::ownerless. What they repeat of Secrets is known all the same.
bool is_of_interest(const Listing& listing, const Value& object) {
  const Value* owners = object.find({"metadata", "ownerReferences"});
  return !listing.ownerless || owners == nullptr || owners->size() == 0 ||
         listing.kind.kind == "StatefulSet";
}

void read_listing(kube::Api& api, Listing& listing, kube::Deadline deadline, const SecretKey& key) {
  const auto take = [&](Value object) {
    LiveObject live{key_of(object), without_secrets(object, key, &listing.known)};
    check_kind(live, listing.kind);
    if (is_of_interest(listing, live.object)) {
      listing.objects.push_back(std::move(live));
    }
  };
  try {
    kube::list(api, listing.request, deadline, take, [&] { listing.objects.clear(); });
  } catch (const Error& error) {
    listing.objects.clear();  // half a list would look like missing objects
    listing.code = error.code();
    listing.reason = error.message();
  }
}

// Reading one cell: coverage and objects as they come in.
class Reading {
 public:
  Reading(kube::Api& api, Reached reached, const SecretKey& key, const Options& options)
      : api_(api), reached_(std::move(reached)), key_(key), options_(options) {}

  Observation read(const Wants& wants) {
    result().secret_key_id = key_.id();
    plan(wants);
    std::future<CellSchema> schema = start_schema(wants);
    read_all(everywhere_);
    for (std::size_t i = 0; i < everywhere_.size(); ++i) {
      settle(i);
    }
    read_all(by_namespace_);
    for (std::size_t i = 0; i < by_namespace_.size(); ++i) {
      settle_namespace(by_namespace_[i], everywhere_[parent_[i]]);
    }
    for (const Listing& listing : everywhere_) {
      const auto [known, is_new] = result().coverage.emplace(listing.kind, listing.coverage);
      known->second = is_new ? known->second : both(known->second, listing.coverage);
    }
    scrub_objects();
    sort_objects();
    result().objects = ObjectTable(std::move(objects_));
    CellSchema types = schema.get();
    result().schema = std::move(types.schema);
    result().schema_gaps = std::move(types.gaps);
    return std::move(result());
  }

 private:
  // Only now all Secrets are known whose values other objects may repeat.
  void scrub_objects() {
    for (const auto* listings : {&everywhere_, &by_namespace_}) {
      for (const Listing& listing : *listings) {
        result().known.add(listing.known);
      }
    }
    Scrubber scrubber(result().known, options_.sensitive, key_);
    for (LiveObject& live : objects_) {
      live.object = scrubber.scrub(live.object);
    }
  }

  Observation& result() { return reached_.observation; }

  // The types are read while the lists are.
  std::future<CellSchema> start_schema(const Wants& wants) {
    const bool asks = options_.schemas != nullptr && result().reachable;
    return std::async(asks ? std::launch::async : std::launch::deferred, [this, asks, &wants] {
      return asks ? read_schema(api_, reached_, wants.kinds, *options_.schemas, options_.in_flight)
                  : CellSchema{};
    });
  }

  void read_all(std::vector<Listing>& listings) {
    for_each_index(listings.size(), options_.in_flight, [&](std::size_t i) {
      if (!listings[i].failed()) {
        read_listing(api_, listings[i], reached_.deadline, key_);
      }
    });
  }

  // The lists that can be tried; kinds that need none get their coverage here.
  void plan(const Wants& wants) {
    std::set<GroupKind> context = wants.context;
    for (const auto& [kind, how] : wants.kinds) {
      plan_kind(kind, how);
      namespaces_[kind] = how.namespaces;
      all_namespaces_.insert(how.namespaces.begin(), how.namespaces.end());
      if (!reached_.surface.kinds.contains(kind)) {
        context.merge(elsewhere(kind));
      }
    }
    for (const GroupKind& kind : context) {
      if (!wants.kinds.contains(kind)) {
        plan_kind(kind, {});
        namespaces_[kind] = all_namespaces_;
      }
    }
    for (const auto& [kind, namespaces] : wants.nearby) {
      if (!namespaces_.contains(kind)) {
        plan_nearby(kind, namespaces, wants.ownerless);
      }
    }
    for (const auto& [kind, namespaces] : wants.ownerless) {
      plan_ownerless(kind, namespaces);
    }
  }

  // Few namespaces are asked for one by one, as if all of them at once were forbidden.
  static void ask_by_namespace(Listing& listing) {
    listing.code = ErrorCode::forbidden;
    listing.reason = "it was read by namespace";
  }

  static bool are_few(const std::set<std::string>& namespaces) {
    constexpr std::size_t few = 4;
    return namespaces.size() <= few && !namespaces.contains("");
  }

  // What is asked for in other namespaces too is read as a whole.
  void plan_nearby(const GroupKind& kind,
                   const std::set<std::string>& namespaces,
                   const std::map<GroupKind, std::set<std::string>>& elsewhere) {
    const std::size_t begin = everywhere_.size();
    plan_kind(kind, {});
    for (std::size_t i = begin; i < everywhere_.size(); ++i) {
      if (are_few(namespaces) && !elsewhere.contains(kind)) {
        ask_by_namespace(everywhere_[i]);
      }
    }
    namespaces_[kind] = namespaces;
  }

  void plan_ownerless(const GroupKind& kind, const std::set<std::string>& namespaces) {
    const std::size_t begin = everywhere_.size();
    if (!namespaces_.contains(kind)) {
      plan_kind(kind, {});
    }
    for (std::size_t i = begin; i < everywhere_.size(); ++i) {
      everywhere_[i].ownerless = true;
      if (are_few(namespaces)) {
        ask_by_namespace(everywhere_[i]);
      }
    }
    namespaces_[kind].insert(namespaces.begin(), namespaces.end());
  }

  static std::set<GroupKind> elsewhere(const GroupKind& kind) {
    const auto found = kube::same_kind_elsewhere(kind);
    return {found.begin(), found.end()};
  }

  void plan_kind(const GroupKind& kind, const Wanted& how) {
    const auto served = reached_.surface.kinds.find(kind);
    if (served == reached_.surface.kinds.end() || served->second.versions.empty()) {
      result().coverage[kind] = not_served(kind);
      return;
    }
    for (const kube::ResourceVersion* version : versions(served->second, how)) {
      if (!version->listable) {
        result().coverage[kind] = {State::unknown, {}, "the API server does not list this kind"};
        continue;
      }
      everywhere_.push_back({.kind = kind,
                             .request = {.group = kind.group,
                                         .version = version->version,
                                         .resource = version->resource,
                                         .kind = kind.kind,
                                         .ns = "",
                                         .page_size = options_.page_size}});
    }
  }

  // Of several versions the preferred one comes first: it is the one that is shown.
  static std::vector<const kube::ResourceVersion*> versions(const kube::ServedKind& served,
                                                            const Wanted& how) {
    std::vector<const kube::ResourceVersion*> chosen;
    for (const kube::ResourceVersion& version : served.versions) {
      if (how.versions.contains(version.version)) {
        chosen.push_back(&version);
      }
    }
    if (chosen.empty()) {
      chosen.push_back(&served.versions.front());
    }
    return chosen;
  }

  KindCoverage not_served(const GroupKind& kind) {
    if (!result().reachable) {
      return {State::unknown, {}, result().reason};
    }
    const auto failed = reached_.surface.failed_groups.find(kind.group);
    if (failed != reached_.surface.failed_groups.end()) {
      return {State::unknown, {}, failed->second};
    }
    return {State::absent, {}, "the cell does not serve this kind"};
  }

  void settle(std::size_t index) {
    Listing& listing = everywhere_[index];
    if (!listing.failed()) {
      listing.coverage = {State::complete, {}, ""};
      return take_objects(listing);
    }
    listing.coverage = {State::unknown, {}, listing.reason};
    const bool namespaced = reached_.surface.kinds.at(listing.kind).scope == Scope::namespaced;
    if (listing.code != ErrorCode::forbidden || !namespaced) {
      return;
    }
    for (const std::string& ns : namespaces_.at(listing.kind)) {
      if (!ns.empty()) {
        by_namespace_.push_back(
            {.kind = listing.kind, .request = listing.request, .ownerless = listing.ownerless});
        by_namespace_.back().request.ns = ns;
        parent_.push_back(index);
      }
    }
  }

  void settle_namespace(Listing& listing, Listing& everywhere) {
    if (listing.failed()) {
      everywhere.coverage.reason += "; " + listing.reason;
      return;
    }
    everywhere.coverage.state = State::namespaces;
    everywhere.coverage.namespaces.insert(listing.request.ns);
    take_objects(listing);
  }

  void take_objects(Listing& listing) {
    std::move(listing.objects.begin(), listing.objects.end(), std::back_inserter(objects_));
    listing.objects.clear();
  }

  // Stable: of an object at several versions the preferred one stays first.
  void sort_objects() {
    const auto version = [](const LiveObject& each) {
      return each.object.string_at({"apiVersion"});
    };
    std::ranges::stable_sort(objects_, {}, &LiveObject::key);
    const auto again = std::ranges::unique(objects_, [&](const LiveObject& a, const LiveObject& b) {
      return a.key == b.key && version(a) == version(b);
    });
    objects_.erase(again.begin(), again.end());
  }

  kube::Api& api_;
  Reached reached_;
  const SecretKey& key_;
  const Options& options_;
  std::vector<Listing> everywhere_;    // cluster-wide, one for each kind and version
  std::vector<Listing> by_namespace_;  // where that is forbidden
  std::vector<std::size_t> parent_;    // of each of these, in everywhere_
  ObjectRun objects_;
  std::map<GroupKind, std::set<std::string>> namespaces_;
  std::set<std::string> all_namespaces_;
};

}  // namespace

Observation read(kube::Api& api,
                 Reached reached,
                 const Wants& wants,
                 const SecretKey& key,
                 const Options& options) {
  return Reading(api, std::move(reached), key, options).read(wants);
}

}  // namespace celldrift::observe
