#include "cli/second_opinions.hpp"

#include "celldrift/compare/second_opinion.hpp"
#include "celldrift/core/text.hpp"

#include <deque>
#include <map>

namespace celldrift::cli {
namespace {

constexpr std::size_t in_flight = 8;

// One object that is asked about.
struct Question {
  compare::ObjectResult* compared;
  const Value* desired;
  std::future<kube::DryRunAnswer> answer = {};
};

// Why objects could not be asked about: reason -> kind -> how many.
using Failures = std::map<std::string, std::map<std::string, std::size_t>>;

std::vector<Question> questions(std::span<const Placed> desired,
                                std::vector<audit::ComparedApplication>& compared,
                                AskOfNew ask_of_new) {
  std::map<std::pair<std::string, ObjectKey>, const Value*> stated;
  for (const Placed& application : desired) {
    for (const auto& [key, object] : application.objects) {
      stated[{application.application->name, key}] = &object;
    }
  }
  std::vector<Question> asked;
  for (audit::ComparedApplication& application : compared) {
    for (compare::ObjectResult& result : application.objects.own()) {
      const auto found = stated.find({application.application, result.key});
      const bool is_new = result.status == compare::Status::missing &&
                          ask_of_new == AskOfNew::yes && !result.api_not_served;
      if (found != stated.end() && (!result.live.is_null() || is_new)) {
        asked.push_back({.compared = &result, .desired = found->second});
      }
    }
  }
  return asked;
}

class Interview {
 public:
  explicit Interview(const DryRunCell& cell) : cell_(cell) {}

  void ask(Question question) {
    const compare::ObjectResult& compared = *question.compared;
    const auto kind = cell_.surface.kinds.find(compared.key.group_kind());
    const auto* resource = kind == cell_.surface.kinds.end()
                               ? nullptr
                               : kind->second.find(version_of(compared.api_version));
    if (resource == nullptr) {
      fail(compared.key.group_kind(), "the cell does not serve it");
      return;
    }
    if (waiting_.size() == in_flight) {
      hear();
    }
    question.answer = cell_.server.apply({.api_version = compared.api_version,
                                          .resource = resource->resource,
                                          .ns = compared.key.ns,
                                          .name = compared.key.name},
                                         *question.desired,
                                         cell_.deadline);
    waiting_.push_back(std::move(question));
  }

  std::vector<Problem> conclude() {
    while (!waiting_.empty()) {
      hear();
    }
    std::vector<Problem> problems;
    for (const auto& [reason, kinds] : failures_) {
      problems.push_back(problem(reason, kinds));
    }
    return problems;
  }

 private:
  // The oldest question's answer.
  void hear() {
    Question question = std::move(waiting_.front());
    waiting_.pop_front();
    try {
      take(question.answer.get(), *question.compared);
    } catch (const Error& error) {
      fail(question.compared->key.group_kind(), reason_of(error, question.compared->key));
    }
  }

  void take(const kube::DryRunAnswer& answer, compare::ObjectResult& compared) const {
    if (answer.object.is_null()) {
      compared.disagreements = {{.kind = compare::Disagreement::Kind::refused,
                                 .mark = compared.desired.mark(),
                                 .said = answer.refused}};
      return;
    }
    if (compared.live.is_null()) {
      return;  // it would be made
    }
    const Value applied = observe::without_secrets(answer.object, cell_.key);
    compared.disagreements = compare::second_opinion(compared, applied, cell_.schema);
  }

  void fail(const GroupKind& kind, const std::string& reason) {
    ++failures_[reason][kind.group.empty() ? kind.kind : kind.group + "/" + kind.kind];
  }

  // Without the object's name, so that equal reasons are told once.
  static std::string reason_of(const Error& error, const ObjectKey& key) {
    if (error.code() == ErrorCode::forbidden) {
      return "it takes the permission to patch";
    }
    std::string reason = error.message();
    const std::size_t at = reason.rfind("/" + key.name);
    return at == std::string::npos ? reason : reason.replace(at + 1, key.name.size(), "…");
  }

  Problem problem(const std::string& reason,
                  const std::map<std::string, std::size_t>& kinds) const {
    std::vector<std::string> counts;
    for (const auto& [kind, count] : kinds) {
      counts.push_back(std::to_string(count) + " " + kind);
    }
    return {.stage = Stage::compare,
            .cell = cell_.name,
            .message = "no dry run, " + reason + ": " + join(counts, ", "),
            .unknown = LeavesUnknown::no};
  }

  const DryRunCell& cell_;
  std::deque<Question> waiting_;
  Failures failures_;
};

}  // namespace

std::vector<Problem> add_second_opinions(const DryRunCell& cell,
                                         std::span<const Placed> desired,
                                         std::vector<audit::ComparedApplication>& compared,
                                         AskOfNew ask_of_new) {
  Interview interview(cell);
  for (Question& question : questions(desired, compared, ask_of_new)) {
    interview.ask(std::move(question));
  }
  return interview.conclude();
}

}  // namespace celldrift::cli
