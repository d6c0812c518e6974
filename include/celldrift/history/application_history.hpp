// An Application at the commits of a repository: declared, rendered and scored there.
#pragma once

#include "celldrift/fleet/expand.hpp"
#include "celldrift/history/prove.hpp"
#include "celldrift/render/render.hpp"

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

namespace celldrift::history {

using Sources = std::vector<std::shared_ptr<const render::Manifests>>;

// What the proofs of a run share: what was rendered and expanded once. Thread-safe.
class Workshop {
 public:
  Workshop(fleet::GeneratorInputs inputs, std::string controller_ns);

  const fleet::GeneratorInputs& inputs() const { return inputs_; }
  // One that remembers what was rendered; begins anew when that is much.
  std::shared_ptr<render::Renderer> renderer();
  void count(const Sources& rendered);

  using Expanded = std::shared_ptr<const std::vector<fleet::Application>>;
  // Makes it, once for each key.
  Expanded expanded(const std::string& key, const std::function<Expanded()>& make);

 private:
  const fleet::GeneratorInputs inputs_;
  const std::string controller_ns_;
  std::mutex mutex_;
  std::shared_ptr<render::Renderer> renderer_;
  std::size_t objects_ = 0;
  std::map<std::string, Expanded> expanded_;
};

// What a source's targetRevision comes to now.
struct Located {
  std::string commit;
  std::shared_ptr<const git::Tree> tree;
};

// One Application in one cell, in one line of history.
struct Subject {
  const fleet::Application& application;  // as Git wants it now
  const fleet::Cell& cell;
  const git::Repository& repository;
  std::string wanted;  // the newest commit of the line
  // Throws when there is no such revision.
  std::function<Located(const fleet::ApplicationSource&)> locate;
  // How far the cell is from these sources; nothing where they cannot be placed.
  std::function<std::optional<Score>(const fleet::Application&, const Sources&)> score;
};

// Where an Application is declared: the files that its ApplicationSet and parameters are in, by
// the commit that they were read at.
std::map<std::string, std::vector<std::string>> declared_in(const fleet::Application& application);

class ApplicationHistory : public Candidates {
 public:
  // Both must outlive it.
  ApplicationHistory(const Subject& subject, Workshop& workshop);

  std::vector<std::string> paths() const override;
  std::string inputs(const std::string& commit) override;
  std::optional<Score> score(const std::string& commit) override;

 private:
  using Found = std::optional<fleet::Application>;

  Found declared_at(const std::string& commit);
  Workshop::Expanded expand_at(const std::string& commit) const;
  bool is_in_line(const fleet::ApplicationSource& source);
  const Located* located(const fleet::ApplicationSource& source);
  Sources render_at(const std::string& commit, const fleet::Application& application);
  void add_paths(const fleet::Application& application);

  const Subject& subject_;
  Workshop& workshop_;
  std::vector<std::string> declaring_;  // files; the first one has the Application's template
  std::vector<std::string> declaring_wanted_;  // their contents at the wanted commit
  std::set<std::string> paths_;
  std::map<std::tuple<std::string, std::string, std::string>, std::optional<Located>> located_;
};

}  // namespace celldrift::history
