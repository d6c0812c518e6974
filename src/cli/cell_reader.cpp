#include "cli/cell_reader.hpp"

#include <algorithm>
#include <utility>

namespace celldrift::cli {
namespace {

constexpr std::chrono::minutes clock_tolerance{5};

// Hashes under a key that we do not have cannot be compared with anything: as good as not read.
void forget_secrets(observe::Observation& observation) {
  const GroupKind secret{"", "Secret"};
  observation.objects = observation.objects.without(secret);
  observation.coverage[secret] = {
      .state = observe::KindCoverage::State::unknown,
      .reason = "the snapshot's Secret values are hashed with another key (id " +
                observation.secret_key_id + "); give the fleet's with --secret-key-file"};
}

}  // namespace

CellReader::CellReader(const fleet::Cell& cell, const ReadContext& context)
    : cell_(cell), context_(context) {}

void CellReader::reach() {
  observe::Observation& observation = reached_.observation;
  observation.cell = cell_.name;
  observation.server = cell_.server;
  observation.time = context_.now;
  try {
    if (const auto* connection = std::get_if<kube::Connection>(&cell_.access)) {
      reach_live(*connection);
    } else if (const auto* snapshot = std::get_if<fleet::SnapshotFile>(&cell_.access)) {
      reach_snapshot(*snapshot);
    } else {
      observation.reason = std::get<fleet::Unreachable>(cell_.access).reason;
    }
  } catch (const Error& error) {
    observation.reachable = false;
    observation.reason = error.what();
  }
}

void CellReader::reach_live(const kube::Connection& connection) {
  api_ = context_.client.connect(connection);
  reached_ = observe::reach(*api_, cell_.name, cell_.server, context_.now, context_.options);
}

void CellReader::reach_snapshot(const fleet::SnapshotFile& file) {
  observe::Snapshot snapshot = file.bytes != nullptr
                                   ? context_.snapshots->decode(*file.bytes, file.path)
                                   : context_.snapshots->read(file.path);
  key_ = std::move(snapshot.key);
  reached_.observation = std::move(snapshot.observation);
  reached_.observation.from_snapshot = true;
  const bool is_ours =
      !key_ && context_.is_fleet_key && reached_.observation.secret_key_id == context_.key.id();
  has_key_ = key_ || is_ours;
  if (!has_key_) {
    forget_secrets(reached_.observation);
  }
  reached_.observation.known = reached_.observation.objects.known_by_hash();
  judge_age();
}

// A snapshot whose age nobody can tell is as good as one that is too old. Without a limit its clock
// is no reason to disbelieve what it says of the cell.
void CellReader::judge_age() {
  observe::Observation& observation = reached_.observation;
  age_ = context_.now - observation.time;
  std::string objection;
  if (*age_ < -clock_tolerance) {
    objection = "the snapshot is " + describe_age(-*age_) +
                " from the future: the clock of whoever recorded it, or this one, is wrong";
    if (!context_.max_age) {
      problems_.push_back({.stage = Stage::observe,
                           .cell = observation.cell,
                           .message = objection,
                           .unknown = LeavesUnknown::no});
      return;
    }
  } else if (context_.max_age && *age_ > *context_.max_age) {
    objection = "the snapshot is " + describe_age(*age_) + " old; at most " +
                describe_age(*context_.max_age) + " is allowed";
  }
  if (!objection.empty()) {
    observe::Observation unknown;
    unknown.cell = observation.cell;
    unknown.server = observation.server;
    unknown.kubernetes_version = observation.kubernetes_version;
    unknown.time = observation.time;
    unknown.from_snapshot = true;
    unknown.secret_key_id = observation.secret_key_id;
    unknown.reason = objection;
    observation = std::move(unknown);
  }
}

const ScopeTable& CellReader::scopes() const {
  return reached_.observation.scopes;
}

CellState CellReader::state(observe::Observation observation) const {
  return {.observation = std::move(observation),
          .key = key_.value_or(context_.key),
          .has_key = has_key_,
          .age = age_,
          .problems = problems_};
}

CellState CellReader::read(const observe::Wants& wants) {
  if (api_ == nullptr || !reached_.observation.reachable) {
    observe::ObjectTable objects = std::exchange(reached_.observation.objects, {});
    observe::Observation observation = reached_.observation;
    observation.objects = std::move(objects);
    return state(std::move(observation));
  }
  return state(observe::read(*api_, reached_, wants, context_.key, context_.options));
}

CellState CellReader::read_everything() {
  const observe::Wants wants = observe::everything(reached_.surface);
  CellState state = read(wants);
  // Of what the file will say of types, problems are for those who use it.
  observe::complete_schema(state.observation, wants.kinds, {});
  return state;
}

std::unique_ptr<kube::DryRun> CellReader::dry_run() const {
  const auto* connection = std::get_if<kube::Connection>(&cell_.access);
  return connection != nullptr && reached_.observation.reachable
             ? context_.client.connect_dry_run(*connection)
             : nullptr;
}

}  // namespace celldrift::cli
