// Which commit each Application runs that is not as Git wants it.
#pragma once

#include "celldrift/audit/audit.hpp"
#include "celldrift/history/application_history.hpp"
#include "cli/manifests.hpp"
#include "cli/remembered_services.hpp"

#include <functional>
#include <optional>
#include <string>

namespace celldrift::cli {

// How far a cell is from an Application with these sources.
using ScoreSources = std::function<std::optional<history::Score>(const fleet::Application&,
                                                                 const history::Sources&)>;

// One for a run. Thread-safe; what is rendered and expanded is shared by all cells.
class Prover {
 public:
  // All must outlive it. `commits`: at most so many that changed an Application are looked at; 0
  // proves nothing.
  Prover(Manifests& manifests,
         const fleet::GeneratorInputs& generators,
         std::string controller_ns,
         std::size_t commits);

  bool is_off() const { return commits_ == 0; }
  // Nothing where there is nothing to say: no commit was audited, or nothing of it is live.
  std::optional<audit::Proved> prove(const fleet::Application& application,
                                     const fleet::Cell& cell,
                                     const ScoreSources& score);

 private:
  struct Attempt;
  std::vector<std::string> lines_of(const fleet::Application& application);
  std::optional<history::Proof> prove_in(const std::string& line,
                                         const fleet::Application& application,
                                         const fleet::Cell& cell,
                                         const ScoreSources& score);

  Manifests& manifests_;
  std::optional<RememberedServices> services_;
  std::size_t commits_;
  history::Workshop workshop_;
};

}  // namespace celldrift::cli
