// Which commit a cell runs, proved: the commit whose rendering is what the cell has.
#pragma once

#include "celldrift/history/line.hpp"
#include "celldrift/history/score.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace celldrift::history {

// One Application in one cell: rendering and comparing are behind it.
class Candidates {
 public:
  virtual ~Candidates() = default;
  // The paths of the repository that it is, or once was, rendered from. Asking for inputs may lead
  // to more of them, such as what a directory was called before.
  virtual std::vector<std::string> paths() const = 0;
  // What a commit says that it is rendered from, in one text; "" where it is not there.
  virtual std::string inputs(const std::string& commit) = 0;
  // How far the cell is from what it renders to at the commit; nothing where it cannot be rendered.
  virtual std::optional<Score> score(const std::string& commit) = 0;
};

struct Question {
  const git::Repository& repository;
  std::string wanted;         // the commit that Git wants in the cell
  std::size_t commits = 200;  // at most so many that changed the inputs are looked at
  std::size_t all = 100'000;  // and so many commits in all
};

struct Proof {
  enum class Match {
    exact,   // all that is live is what the commit says
    edited,  // but for `edits`; no other commit is nearer
    ahead,   // exact, but the commit is not in the history of the wanted one
    none,    // `reason` says why not
  } match = Match::none;
  std::string commit;  // that made this version; of several that render alike, the newest
  std::optional<Line::Distance> behind;  // nothing for `none`, and what is not in the history
  Score score;
  std::string reason;
};

// Looks at the wanted commit, then at its history from the newest on, then at other branches and
// tags. Each distinct text of inputs is rendered once. Throws Error(repository) when the history
// cannot be read.
Proof prove(const Question& question, Candidates& candidates);

}  // namespace celldrift::history
