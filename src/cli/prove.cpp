#include "cli/prove.hpp"

#include "cli/render_application.hpp"

#include <algorithm>

namespace celldrift::cli {
namespace {

using Match = audit::Proved::Match;

constexpr Match match_of(history::Proof::Match match) {
  constexpr Match matches[] = {Match::exact, Match::edited, Match::ahead, Match::none};
  return matches[std::size_t(match)];
}

audit::Proved proved_of(history::Proof proof,
                        const fleet::Application& application,
                        const fleet::Cell& cell) {
  audit::Proved proved{.match = match_of(proof.match),
                       .cell = cell.name,
                       .application = application.name,
                       .commit = std::move(proof.commit),
                       .version = {},
                       .behind = {},
                       .age = {},
                       .edits = {},
                       .reason = std::move(proof.reason)};
  if (proved.match != Match::none) {
    proved.version = std::move(proof.score.version);
  }
  if (proof.behind) {
    proved.behind = proof.behind->commits;
    proved.age = std::chrono::seconds(proof.behind->seconds);
  }
  if (proved.match == Match::edited) {
    proved.edits = std::move(proof.score.edits);
  }
  return proved;
}

// Smaller is better.
auto rank_of(const history::Proof& proof) {
  return std::pair(proof.match == history::Proof::Match::exact    ? 0
                   : proof.match == history::Proof::Match::ahead  ? 1
                   : proof.match == history::Proof::Match::edited ? 2
                                                                  : 3,
                   proof.score.weight);
}

fleet::GeneratorInputs with_services(fleet::GeneratorInputs inputs,
                                     std::optional<RememberedServices>& services) {
  if (inputs.services != nullptr) {
    inputs.services = &services.emplace(*inputs.services);
  }
  return inputs;
}

}  // namespace

Prover::Prover(Manifests& manifests,
               const fleet::GeneratorInputs& generators,
               std::string controller_ns,
               std::size_t commits)
    : manifests_(manifests),
      commits_(manifests.info().worktree ? 0 : commits),
      workshop_(with_services(generators, services_), std::move(controller_ns)) {}

// The commits that the Application comes from, one for each line of history: those of its sources,
// then that of its declaration.
std::vector<std::string> Prover::lines_of(const fleet::Application& application) {
  std::vector<std::string> lines;
  const auto add = [&](const std::string& commit) {
    if (!commit.empty() && std::ranges::find(lines, commit) == lines.end()) {
      lines.push_back(commit);
    }
  };
  for (const fleet::ApplicationSource& source : application.sources) {
    if (is_in_git(source) && !source.path.empty()) {
      add(manifests_.source(wanted_source(source)).tree->commit());
    }
  }
  add(source_of(application.mark.source).commit);
  return lines;
}

std::optional<history::Proof> Prover::prove_in(const std::string& line,
                                               const fleet::Application& application,
                                               const fleet::Cell& cell,
                                               const ScoreSources& score) {
  const auto repository = manifests_.with_history(line);
  if (repository == nullptr) {
    return std::nullopt;
  }
  const auto locate = [&](const fleet::ApplicationSource& source) {
    const SourceTree found = manifests_.source(wanted_source(source));
    return history::Located{.commit = found.tree->commit(), .tree = found.tree};
  };
  const history::Subject subject{.application = application,
                                 .cell = cell,
                                 .repository = *repository,
                                 .wanted = line,
                                 .locate = locate,
                                 .score = score};
  history::ApplicationHistory candidates(subject, workshop_);
  return history::prove({.repository = *repository, .wanted = line, .commits = commits_},
                        candidates);
}

std::optional<audit::Proved> Prover::prove(const fleet::Application& application,
                                           const fleet::Cell& cell,
                                           const ScoreSources& score) {
  std::optional<history::Proof> best;
  try {
    for (const std::string& line : lines_of(application)) {
      auto proof = prove_in(line, application, cell, score);
      if (proof && (!best || rank_of(*proof) < rank_of(*best))) {
        best = std::move(proof);
      }
      if (best && best->match == history::Proof::Match::exact) {
        break;
      }
    }
  } catch (const Error& error) {
    best = {.reason = std::string("the history cannot be read: ") + error.what()};
  }
  const bool says_nothing =
      !best || (best->match == history::Proof::Match::exact && best->behind->commits == 0);
  return says_nothing ? std::nullopt
                      : std::optional(proved_of(*std::move(best), application, cell));
}

}  // namespace celldrift::cli
