// Pods, counted by what they run.
#include "audit/running/owners.hpp"
#include "audit/running/rollout.hpp"
#include "audit/skew/same_image.hpp"
#include "celldrift/audit/running.hpp"

#include <algorithm>
#include <optional>

namespace celldrift::audit {
namespace {

bool has_ended(const Value& pod) {
  const std::string_view phase = pod.string_at({"status", "phase"});
  return phase == "Failed" || phase == "Succeeded";
}

bool is_ending(const Value& pod) {
  return pod.find({"metadata", "deletionTimestamp"}) != nullptr;
}

// "sha256:…" of "docker-pullable://registry/app@sha256:…". An id without a name before it is that
// of the image's configuration, which no registry knows.
std::string digest_of(std::string_view image_id) {
  const std::size_t at = image_id.rfind('@');
  return at == image_id.npos ? "" : std::string(image_id.substr(at + 1));
}

const Value* named(const Value* list, std::string_view name) {
  if (list == nullptr) {
    return nullptr;
  }
  const auto found = std::ranges::find_if(
      list->items(), [&](const Value& each) { return each.string_at({"name"}) == name; });
  return found == list->items().end() ? nullptr : &*found;
}

struct ContainerLists {
  std::string_view spec;
  std::string_view status;
  bool is_init;
};
constexpr ContainerLists lists[] = {{"containers", "containerStatuses", false},
                                    {"initContainers", "initContainerStatuses", true}};

std::optional<RunningImage> image_in(const Value& pod, const RunningContainer& container) {
  const ContainerLists& list = lists[container.is_init ? 1 : 0];
  const Value* spec = named(pod.find({"spec", list.spec}), container.name);
  if (spec == nullptr) {
    return std::nullopt;
  }
  const Value* status = named(pod.find({"status", list.status}), container.name);
  return RunningImage{.image = std::string(spec->string_at({"image"})),
                      .digest = status == nullptr ? "" : digest_of(status->string_at({"imageID"})),
                      .pods = 1};
}

void count(RunningContainer& container, const RunningImage& image) {
  const auto same = std::ranges::find_if(container.images, [&](const RunningImage& each) {
    return each.image == image.image && each.digest == image.digest;
  });
  if (same == container.images.end()) {
    container.images.push_back(image);
  } else {
    same->pods += image.pods;
  }
}

// The pods of one workload, as they come in.
class Gathering {
 public:
  Gathering(const PodOwner& kind, const Value& workload) : kind_(kind), workload_(workload) {
    for (const ContainerLists& list : lists) {
      const Value* containers = workload.find({"spec", "template", "spec", list.spec});
      for (const Value& each :
           containers == nullptr ? std::span<const Value>{} : containers->items()) {
        result_.containers.push_back({.name = std::string(each.string_at({"name"})),
                                      .is_init = list.is_init,
                                      .image = std::string(each.string_at({"image"})),
                                      .images = {}});
      }
    }
  }

  bool takes(const Value& pod) const { return is_selected(pod, workload_); }

  void add(const Value& pod, const OwnerName& owner) {
    if (is_ending(pod)) {
      state_.ending = true;
      return;
    }
    if (has_ended(pod) && kind_.kind != "Job") {
      return;
    }
    ++result_.pods;
    const auto made = parse_time(pod.string_at({"metadata", "creationTimestamp"}));
    state_.newest = std::max(state_.newest, made);
    templates_.insert(kind_.revision.empty() ? owner.name : label_of(pod, kind_.revision));
    for (RunningContainer& container : result_.containers) {
      if (const auto image = image_in(pod, container)) {
        count(container, *image);
      }
    }
  }

  RunningPods take(Time now) {
    for (RunningContainer& container : result_.containers) {
      std::ranges::sort(container.images);
    }
    result_.rolling = kind_.kind != "Job" && (templates_.size() > 1 || runs_another_image());
    if (result_.rolling) {
      result_.stopped = why_stopped(kind_.kind, workload_, state_, now);
    }
    return std::move(result_);
  }

 private:
  bool runs_another_image() const {
    return std::ranges::any_of(result_.containers, [](const RunningContainer& container) {
      return std::ranges::any_of(container.images, [&](const RunningImage& image) {
        return !is_same_image(image.image, container.image);
      });
    });
  }

  const PodOwner& kind_;
  const Value& workload_;
  RunningPods result_;
  Replacing state_;
  std::set<std::string_view> templates_;
};

using Gatherings = std::map<ObjectKey, Gathering>;

Gathering* workload_of(const Value& pod, const OwnerName& owner, Gatherings& gatherings) {
  const std::string ns(pod.string_at({"metadata", "namespace"}));
  for (const PodOwner& kind : pod_owners()) {
    const auto name =
        kind.owner == owner.kind ? workload_name(pod, owner, kind) : std::optional<std::string>();
    if (!name) {
      continue;
    }
    const auto found =
        gatherings.find({std::string(kind.group), std::string(kind.kind), ns, *name});
    if (found != gatherings.end() && found->second.takes(pod)) {
      return &found->second;
    }
  }
  return nullptr;
}

}  // namespace

bool has_pods(const GroupKind& kind) {
  return pod_owner(kind) != nullptr;
}

std::map<ObjectKey, RunningPods> running_pods(
    std::span<const Value* const> pods,
    const std::vector<std::pair<ObjectKey, const Value*>>& workloads,
    Time now) {
  Gatherings gatherings;
  for (const auto& [key, object] : workloads) {
    if (const PodOwner* kind = pod_owner(key.group_kind())) {
      gatherings.try_emplace(key, *kind, *object);
    }
  }
  for (const Value* pod : pods) {
    const auto owner = owner_of(*pod);
    Gathering* workload = owner ? workload_of(*pod, *owner, gatherings) : nullptr;
    if (workload != nullptr) {
      workload->add(*pod, *owner);
    }
  }
  std::map<ObjectKey, RunningPods> running;
  for (auto& [key, gathering] : gatherings) {
    running.emplace(key, gathering.take(now));
  }
  return running;
}

}  // namespace celldrift::audit
