// Step two of reading a cell: the lists, all cluster-wide ones first, then, for the kinds where
// that is forbidden, namespace by namespace.
#include "celldrift/core/parallel.hpp"
#include "celldrift/kube/list.hpp"
#include "celldrift/observe/observe.hpp"

#include <algorithm>
#include <iterator>
#include <memory>

namespace celldrift::observe {
namespace {

using State = KindCoverage::State;

// One list to be read, and how that ended. Each is touched by one thread only.
struct Listing {
  GroupKind kind;
  kube::ListRequest request;
  std::vector<LiveObject> objects;
  std::string reason;  // "" when it was read to its end
  ErrorCode code = ErrorCode::internal;

  bool failed() const { return !reason.empty(); }
};

void check_kind(const LiveObject& object, const GroupKind& wanted) {
  if (object.key.group_kind() != wanted) {
    throw Error(ErrorCode::server,
                "a list of " + wanted.kind + " has " + printable(describe(object.key)) + " in it");
  }
}

void read_listing(kube::Api& api, Listing& listing, kube::Deadline deadline, const SecretKey& key) {
  const auto take = [&](Value object) {
    LiveObject live{key_of(object), without_secrets(object, key)};
    check_kind(live, listing.kind);
    listing.objects.push_back(std::move(live));
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

  Observation read(const std::map<GroupKind, Wanted>& wanted) {
    result().secret_key_id = key_.id();
    std::vector<Listing> everywhere = cluster_wide_lists(wanted);
    read_all(everywhere);
    std::vector<Listing> by_namespace;
    for (Listing& listing : everywhere) {
      settle(listing, wanted.at(listing.kind), by_namespace);
    }
    read_all(by_namespace);
    for (Listing& listing : by_namespace) {
      settle_namespace(listing);
    }
    sort_objects();
    return std::move(result());
  }

 private:
  Observation& result() { return reached_.observation; }
  KindCoverage& coverage_of(const GroupKind& kind) { return result().coverage[kind]; }

  void read_all(std::vector<Listing>& listings) {
    for_each_index(listings.size(), options_.in_flight, [&](std::size_t i) {
      read_listing(api_, listings[i], reached_.deadline, key_);
    });
  }

  // The lists that can be tried; kinds that need none get their coverage here.
  std::vector<Listing> cluster_wide_lists(const std::map<GroupKind, Wanted>& wanted) {
    std::vector<Listing> listings;
    for (const auto& [kind, how] : wanted) {
      const auto served = reached_.surface.kinds.find(kind);
      const bool known = served != reached_.surface.kinds.end();
      const kube::ResourceVersion* version = known ? served->second.find(how.version) : nullptr;
      if (!version) {
        coverage_of(kind) = not_served(kind);
      } else if (!version->listable) {
        coverage_of(kind) = {State::unknown, {}, "the API server does not list this kind"};
      } else {
        listings.push_back({.kind = kind,
                            .request = {.group = kind.group,
                                        .version = version->version,
                                        .resource = version->resource,
                                        .kind = kind.kind,
                                        .ns = "",
                                        .page_size = options_.page_size},
                            .objects = {},
                            .reason = ""});
      }
    }
    return listings;
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

  void settle(Listing& listing, const Wanted& wanted, std::vector<Listing>& by_namespace) {
    KindCoverage& coverage = coverage_of(listing.kind);
    if (!listing.failed()) {
      coverage = {State::complete, {}, ""};
      return take_objects(listing);
    }
    coverage = {State::unknown, {}, listing.reason};
    const bool namespaced = reached_.surface.kinds.at(listing.kind).scope == Scope::namespaced;
    if (listing.code != ErrorCode::forbidden || !namespaced) {
      return;
    }
    for (const std::string& ns : wanted.namespaces) {
      if (!ns.empty()) {
        Listing one{.kind = listing.kind, .request = listing.request, .objects = {}, .reason = ""};
        one.request.ns = ns;
        by_namespace.push_back(std::move(one));
      }
    }
  }

  void settle_namespace(Listing& listing) {
    KindCoverage& coverage = coverage_of(listing.kind);
    if (listing.failed()) {
      coverage.reason += "; " + listing.reason;
      return;
    }
    coverage.state = State::namespaces;
    coverage.namespaces.insert(listing.request.ns);
    take_objects(listing);
  }

  void take_objects(Listing& listing) {
    std::move(listing.objects.begin(), listing.objects.end(), std::back_inserter(result().objects));
    listing.objects.clear();
  }

  void sort_objects() {
    const auto before = [](const LiveObject& a, const LiveObject& b) { return a.key < b.key; };
    const auto same = [](const LiveObject& a, const LiveObject& b) { return a.key == b.key; };
    auto& objects = result().objects;
    std::stable_sort(objects.begin(), objects.end(), before);
    objects.erase(std::unique(objects.begin(), objects.end(), same), objects.end());
  }

  kube::Api& api_;
  Reached reached_;
  const SecretKey& key_;
  const Options& options_;
};

}  // namespace

Observation read(kube::Api& api,
                 Reached reached,
                 const std::map<GroupKind, Wanted>& wanted,
                 const SecretKey& key,
                 const Options& options) {
  return Reading(api, std::move(reached), key, options).read(wanted);
}

}  // namespace celldrift::observe
