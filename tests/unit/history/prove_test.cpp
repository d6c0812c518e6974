#include "celldrift/history/application_history.hpp"
#include "random_cell.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <cstdlib>
#include <ctime>
#include <optional>
#include <set>

namespace celldrift::history {
namespace {

class OneRepository : public fleet::Repositories {
 public:
  explicit OneRepository(std::shared_ptr<const git::Tree> tree) : tree_(std::move(tree)) {}
  std::shared_ptr<const git::Tree> tree(const std::string&, const std::string&) override {
    return tree_;
  }

 private:
  std::shared_ptr<const git::Tree> tree_;
};

fleet::Cell cell_named(const std::string& name) {
  return {.name = name, .server = "https://" + name + ".example.com"};
}

// The same steps as an audit's, on objects in memory.
struct CellScore {
  const fleet::Application& wanted;
  const std::map<ObjectKey, Value>& live;

  std::optional<Score> operator()(const fleet::Application& application,
                                  const Sources& sources) const {
    const auto desired = render::place(sources, application, ScopeTable::builtin());
    std::vector<std::pair<ObjectKey, Value>> objects;
    std::set<ObjectKey> stated;
    for (const auto& [key, object] : desired.objects) {
      objects.emplace_back(key, object);
      stated.insert(key);
    }
    const compare::LiveView view{.find =
                                     [&](const ObjectKey& key, std::string_view) {
                                       const auto found = live.find(key);
                                       return found == live.end() ? nullptr : &found->second;
                                     },
                                 .unknown = [](const ObjectKey&) { return std::nullopt; }};
    Score score;
    for (const auto& result :
         compare::compare_desired(wanted.name, *wanted.object.find("spec"), objects, view)) {
      score += score_of(result);
    }
    const std::vector<std::pair<ObjectKey, Value>> all(live.begin(), live.end());
    auto extra = compare::find_extra(all, {.applications = {wanted.name}, .desired = stated});
    for (const auto& result : extra[wanted.name]) {
      score += score_of(result);
    }
    return score;
  }
};

// What the generator of the repository knows, to be found again by looking at the cell alone.
class Truth {
 public:
  Truth(const RandomRepo& random, std::size_t service) : random_(random), service_(service) {
    ancestors_.resize(random.commits().size());
    for (std::size_t i = 0; i < random.commits().size(); ++i) {
      ancestors_[i].insert(i);
      for (const std::size_t parent : commit(i).parents) {
        ancestors_[i].insert(ancestors_[parent].begin(), ancestors_[parent].end());
      }
    }
  }

  bool is_change(std::size_t i) const {
    return std::ranges::none_of(commit(i).parents,
                                [&](std::size_t parent) { return inputs(parent) == inputs(i); });
  }
  const std::string& inputs(std::size_t i) const { return commit(i).inputs[service_]; }

  // The newest change up to `head` (not in the history of `without`) that renders as `like`, but
  // for what was edited.
  std::optional<std::size_t> newest_like(std::size_t like,
                                         const std::set<Edit>& edits,
                                         std::size_t head,
                                         std::optional<std::size_t> without = {}) const {
    for (std::size_t i = head + 1; i-- > 0;) {
      const bool counts = ancestors_[head].contains(i) &&
                          !(without && ancestors_[*without].contains(i)) && is_change(i);
      if (counts && rendering(i, edits) == rendering(like, edits)) {
        return i;
      }
    }
    return std::nullopt;
  }

  std::vector<std::size_t> after(std::size_t i, std::size_t head) const {
    std::vector<std::size_t> later;
    if (inputs(i) == inputs(head)) {
      return later;
    }
    for (const std::size_t other : ancestors_[head]) {
      if (!ancestors_[i].contains(other) && is_change(other)) {
        later.push_back(other);
      }
    }
    return later;
  }

  std::string rendering(std::size_t i, const std::set<Edit>& edits) const {
    const Release& release = commit(i).services[service_].live();
    return std::to_string(release.tag) + "," +
           (edits.contains(Edit::replicas) ? "-" : std::to_string(release.replicas)) + "," +
           (edits.contains(Edit::level) ? "-" : std::to_string(release.level)) +
           (release.has_extra ? "+" : "");
  }

 private:
  const Commit& commit(std::size_t i) const { return random_.commits()[i]; }

  const RandomRepo& random_;
  std::size_t service_;
  std::vector<std::set<std::size_t>> ancestors_;
};

struct Bench {
  RandomRepo random;
  std::shared_ptr<const git::Repository> repository = git::open(random.repo().path());
  std::string head = random.commits()[random.head()].id;
  OneRepository repositories{repository->tree(head)};
  std::vector<fleet::Cell> cells{cell_named("cell-a"), cell_named("cell-b"), cell_named("cell-c")};
  Workshop workshop{{.repositories = &repositories}, "argocd"};
  std::vector<fleet::Application> applications =
      fleet::expand(fleet::find_declared(*repository->tree(head)),
                    fleet::Fleet(cells),
                    {.repositories = &repositories})
          .applications;

  Proof prove_in(const fleet::Cell& cell,
                 const fleet::Application& application,
                 const std::map<ObjectKey, Value>& live) {
    const Subject subject{.application = application,
                          .cell = cell,
                          .repository = *repository,
                          .wanted = head,
                          .locate =
                              [&](const fleet::ApplicationSource&) {
                                return Located{.commit = head, .tree = repositories.tree("", "")};
                              },
                          .score = CellScore{application, live}};
    ApplicationHistory history(subject, workshop);
    return prove({.repository = *repository, .wanted = head}, history);
  }
};

double cpu_seconds() {
  return double(std::clock()) / CLOCKS_PER_SEC;
}

TEST_CASE("the commit that a cell runs is found, whatever people did to it") {
  const char* seed = std::getenv("CELLDRIFT_SEED");
  Bench bench{.random = RandomRepo(seed == nullptr ? 42 : unsigned(std::stoul(seed)), 1000)};
  RandomRepo& random = bench.random;
  REQUIRE(bench.applications.size() == 3 * RandomRepo::services);
  std::vector<Truth> truths;
  for (std::size_t service = 0; service < RandomRepo::services; ++service) {
    truths.emplace_back(random, service);
  }
  std::vector<double> seconds;
  std::map<Proof::Match, int> matches;
  for (int number = 0; seconds.size() < 200; ++number) {
    const bool is_ahead = random.pick(20) == 0;
    const std::size_t service = is_ahead ? 0 : random.pick(RandomRepo::services);
    const std::size_t run =
        is_ahead ? random.head() + 1 + random.pick(random.commits().size() - random.head() - 1)
                 : random.pick(random.head() + 1);
    const fleet::Cell& cell = bench.cells[random.pick(bench.cells.size())];
    const std::string name = cell.name + "-svc" + std::to_string(service);
    std::set<Edit> edits;
    for (std::size_t i = is_ahead ? 0 : random.pick(4); i > 0; --i) {
      edits.insert(Edit(random.pick(edit_kinds)));
    }
    const Truth& truth = truths[service];
    const std::size_t head = random.head();
    if (edits.empty() && truth.rendering(run, {}) == truth.rendering(head, {})) {
      continue;  // it is as Git wants it
    }
    RandomCell live(random.commits()[run].services[service], name);
    for (const Edit edit : edits) {
      live.edit(edit, number);
    }
    const Record record = random.pick(3) == 0 ? Record::lost : Record::kept;
    CAPTURE(number);
    CAPTURE(run);
    CAPTURE(service);
    CAPTURE(edits.size());
    const auto objects = live.objects(record);
    const auto application = std::ranges::find(bench.applications, name, &fleet::Application::name);
    const double start = cpu_seconds();
    const Proof proof = bench.prove_in(cell, *application, objects);
    seconds.push_back(cpu_seconds() - start);
    ++matches[proof.match];

    auto expected = truth.newest_like(run, edits, head);
    if (!expected && edits.empty()) {
      expected = truth.newest_like(run, edits, random.commits().size() - 1, head);
      REQUIRE(expected);
      CHECK(proof.match == Proof::Match::ahead);
      CHECK(proof.commit == random.commits()[*expected].id);
      CHECK(!proof.behind);
      continue;
    }
    REQUIRE(expected);
    CAPTURE(*expected);
    CAPTURE(proof.reason);
    CHECK(proof.match == (edits.empty() ? Proof::Match::exact : Proof::Match::edited));
    CHECK(proof.commit == random.commits()[*expected].id);
    CHECK(proof.score.edits.size() == edits.size());
    const auto later = truth.after(*expected, head);
    REQUIRE(proof.behind);
    CHECK(proof.behind->commits == later.size());
    if (!later.empty()) {
      CHECK(proof.behind->seconds ==
            random.commits()[later.back()].time - random.commits()[*expected].time);
    }
  }
  std::ranges::sort(seconds);
  MESSAGE("CPU seconds: median " << seconds[100] << ", longest " << seconds.back() << "; exact "
                                 << matches[Proof::Match::exact] << ", edited "
                                 << matches[Proof::Match::edited] << ", ahead "
                                 << matches[Proof::Match::ahead]);
#ifdef __SANITIZE_THREAD__
  constexpr double bound = 10;  // it makes everything about ten times slower
#else
  constexpr double bound = 1;
#endif
  CHECK(seconds[190] < bound);
}

// A service's cell, as it is at a commit; the release can be changed on the way there.
std::map<ObjectKey, Value> cell_at(const Service& service, const std::string& application) {
  return RandomCell(service, application).objects(Record::kept);
}

TEST_CASE("what the GitOps tool wrote and no commit has is no commit's, and the reason is told") {
  Bench bench{.random = RandomRepo(7, 40)};
  Service service = bench.random.commits()[bench.random.head()].services[0];
  service.releases.at(service.channel).tag = 9999;
  const auto application =
      std::ranges::find(bench.applications, "cell-a-svc0", &fleet::Application::name);
  const auto live = cell_at(service, application->name);
  const Proof proof = bench.prove_in(bench.cells[0], *application, live);
  CHECK(proof.match == Proof::Match::none);
  CHECK(proof.commit.empty());
  CHECK(git::contains(proof.reason, "image, which argocd-controller wrote"));
}

TEST_CASE("where the history is cut off, nothing older is guessed at") {
  RandomRepo random(3, 60);
  const git::fs::path clone = git::sandbox.fresh("clone");
  git::run("git clone -q --depth 1 -b main '" + random.repo().url() + "' '" + clone.string() + "'");
  Bench bench{.random = std::move(random), .repository = git::open(clone)};
  const auto application =
      std::ranges::find(bench.applications, "cell-b-svc2", &fleet::Application::name);
  Service service = bench.random.commits()[bench.random.head()].services[2];
  service.releases.at(service.channel).tag = 9999;
  const Proof behind =
      bench.prove_in(bench.cells[1], *application, cell_at(service, application->name));
  CHECK(behind.match == Proof::Match::none);
  CHECK(git::contains(behind.reason, "shallow clone"));
}

TEST_CASE("only so many commits are looked at") {
  Bench bench{.random = RandomRepo(11, 300)};
  const auto application =
      std::ranges::find(bench.applications, "cell-a-svc1", &fleet::Application::name);
  Service service = bench.random.commits()[0].services[1];
  service.releases.at(service.channel).tag = 9999;
  const auto live = cell_at(service, application->name);
  const CellScore score{*application, live};
  int scored = 0;
  const Subject subject{.application = *application,
                        .cell = bench.cells[0],
                        .repository = *bench.repository,
                        .wanted = bench.head,
                        .locate =
                            [&](const fleet::ApplicationSource&) {
                              return Located{.commit = bench.head,
                                             .tree = bench.repositories.tree("", "")};
                            },
                        .score =
                            [&](const fleet::Application& then, const Sources& sources) {
                              ++scored;
                              return score(then, sources);
                            }};
  ApplicationHistory history(subject, bench.workshop);
  const Proof proof =
      prove({.repository = *bench.repository, .wanted = bench.head, .commits = 5}, history);
  CHECK(proof.match == Proof::Match::none);
  CHECK(git::contains(proof.reason, "--history"));
  CHECK(scored <= 2 * 5 + 1);  // in the history, and beside it
}

}  // namespace
}  // namespace celldrift::history
