// What pods run, as facts: digests, and rollouts that stopped.
#include "audit/findings/findings.hpp"
#include "audit/findings/fingerprint.hpp"
#include "audit/skew/facts.hpp"
#include "audit/skew/same_image.hpp"
#include "celldrift/core/text.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace celldrift::audit {
namespace {

using compare::ObjectResult;

const RunningPods* running(const ComparedApplication& application, const ObjectResult& result) {
  const auto found = application.running.find(result.key);
  return found == application.running.end() || found->second.pods == 0 ? nullptr : &found->second;
}

std::string container_text(const RunningContainer& container) {
  return (container.is_init ? "init container " : "container ") + container.name;
}

// What is pinned by its digest runs as that or not at all.
bool is_pinned(const RunningContainer& container) {
  return container.image.find('@') != container.image.npos;
}

std::set<std::string> digests_of(const RunningContainer& container) {
  std::set<std::string> digests;
  for (const RunningImage& image : container.images) {
    if (!image.digest.empty() && is_same_image(image.image, container.image)) {
      digests.insert(image.digest);
    }
  }
  return digests;
}

// "registry/app:1.3", and the digest where one image has several.
std::string image_text(const RunningContainer& container, const RunningImage& image) {
  const auto of_the_same = std::ranges::count(container.images, image.image, &RunningImage::image);
  const bool is_told = image.digest.empty() || image.image.find('@') != image.image.npos;
  return image.image + (of_the_same > 1 && !is_told ? "@" + image.digest : "");
}

// "3 of 5 pods run app:1.3, 2 run app:1.2"; what the template states first.
std::string shares_text(const RunningPods& pods, const RunningContainer& container) {
  std::vector<RunningImage> images = container.images;
  std::ranges::stable_sort(images, std::greater{}, [&](const RunningImage& image) {
    return std::pair(is_same_image(image.image, container.image), image.pods);
  });
  std::vector<std::string> parts;
  if (!is_same_image(images.front().image, container.image)) {
    parts.push_back("0 of " + std::to_string(pods.pods) + " pods run " + container.image);
  }
  for (const RunningImage& image : images) {
    const bool first = parts.empty();
    parts.push_back(std::to_string(image.pods) +
                    (first ? " of " + std::to_string(pods.pods) + " pods run " : " run ") +
                    image_text(container, image));
  }
  return join(parts, ", ");
}

bool runs_another_image(const RunningContainer& container) {
  return std::ranges::any_of(container.images, [&](const RunningImage& image) {
    return !is_same_image(image.image, container.image);
  });
}

// The container of which not all pods run the same, or not what the template states.
const RunningContainer* torn(const RunningPods& pods) {
  const auto found = std::ranges::find_if(pods.containers, [](const RunningContainer& container) {
    return runs_another_image(container) || digests_of(container).size() > 1;
  });
  return found == pods.containers.end() ? nullptr : &*found;
}

// One workload over cells.
struct Workload {
  const ComparedApplication* application = nullptr;
  const ObjectResult* result = nullptr;
  const RunningPods* pods = nullptr;
};

Subject subject_of(const ComparedApplication& application, const ObjectResult& result) {
  Subject subject = fact_about(application, result, FactKind::rollout, "rollout").subject;
  subject.object = abstracted(result.key.ns, application.application, application.component) + "/" +
                   subject.object;
  return subject;
}

constexpr std::string_view done = "done";
constexpr std::string_view under_way = "under way";

// How far a rollout came, where it has stopped also why; the same text in cells where it is the
// same.
std::string state_of(const RunningPods& pods) {
  if (!pods.stopped.empty() && torn(pods) != nullptr) {
    return shares_text(pods, *torn(pods)) + "; " + pods.stopped;
  }
  return std::string(pods.rolling && pods.stopped.empty() ? under_way : done);
}

bool has_stopped(std::string_view state) {
  return state != done && state != under_way;
}

struct Stopped {
  std::map<std::string, std::vector<std::string>> cells;  // by state
  const Workload* first = nullptr;                        // by cell
  bool other_images = false;
};

Stopped stopped_of(const std::map<std::string, Workload>& by_cell) {
  Stopped stopped;
  for (const auto& [cell, workload] : by_cell) {
    const std::string state = state_of(*workload.pods);
    stopped.cells[state].push_back(cell);
    if (has_stopped(state)) {
      stopped.first = stopped.first == nullptr ? &workload : stopped.first;
      stopped.other_images = stopped.other_images || runs_another_image(*torn(*workload.pods));
    }
  }
  return stopped;
}

std::string rollout_sentence(const Finding& finding) {
  std::string text = "the rollout of " + finding.subject + " has stopped half way:";
  std::string_view separator = " in ";
  for (const ValueGroup& group : finding.values) {
    if (has_stopped(group.value.as_string())) {
      text += std::string(separator) + join(group.cells, ", ") + " " +
              std::string(group.value.as_string());
      separator = "; in ";
    }
  }
  return text;
}

Finding rollout(const Subject& subject, const Stopped& stopped) {
  Finding finding;
  finding.rule = rule_of(FactKind::rollout);
  finding.category = Category::skew;
  finding.severity = stopped.other_images ? Severity::error : Severity::warning;
  finding.component = subject.component;
  finding.object = ref_of(*stopped.first->result);
  finding.source = stopped.first->result->desired.mark();
  finding.what = subject.what;
  finding.subject = subject.kind.substr(subject.kind.rfind('/') + 1) + " " + subject.object;
  for (const auto& [text, cells] : stopped.cells) {
    finding.values.push_back({.value = Value::string(text), .cells = cells});
    if (has_stopped(text)) {
      finding.cells.insert(finding.cells.end(), cells.begin(), cells.end());
    }
  }
  std::ranges::sort(finding.cells);
  finding.application = finding.cells.size() == 1 ? stopped.first->application->application : "";
  std::ranges::stable_sort(
      finding.values, std::greater{}, [](const ValueGroup& group) { return group.cells.size(); });
  finding.message = rollout_sentence(finding);
  finding.fingerprint =
      fingerprint({finding.rule, subject.component, subject.kind, subject.object, subject.what});
  return finding;
}

}  // namespace

void add_digest_facts(const ComparedApplication& application,
                      const ObjectResult& result,
                      std::vector<Fact>& facts) {
  const RunningPods* pods = running(application, result);
  if (pods == nullptr || (pods->rolling && pods->stopped.empty())) {
    return;  // while pods are being replaced, two digests are as they should be
  }
  for (const RunningContainer& container : pods->containers) {
    const std::set<std::string> digests = digests_of(container);
    if (digests.empty() || is_pinned(container)) {
      continue;
    }
    Fact fact = fact_about(application,
                           result,
                           FactKind::digest,
                           "digest of " + container.image + " in " + container_text(container));
    fact.version = join({digests.begin(), digests.end()}, ", ");
    facts.push_back(std::move(fact));
  }
}

std::vector<Finding> stopped_rollouts(const std::vector<ComparedApplication>& applications) {
  std::map<Subject, std::map<std::string, Workload>> workloads;
  for (const ComparedApplication& application : applications) {
    if (application.running.empty()) {
      continue;  // no pods could be read
    }
    for (const ObjectResult& result : application.objects) {
      if (const RunningPods* pods = running(application, result)) {
        workloads[subject_of(application, result)][application.cell] = {
            &application, &result, pods};
      }
    }
  }
  std::vector<Finding> findings;
  for (const auto& [subject, by_cell] : workloads) {
    const Stopped stopped = stopped_of(by_cell);
    if (stopped.first != nullptr) {
      findings.push_back(rollout(subject, stopped));
    }
  }
  return findings;
}

}  // namespace celldrift::audit
