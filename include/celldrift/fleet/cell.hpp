// Cells: where they come from and what ApplicationSets see of them.
#pragma once

#include "celldrift/core/error.hpp"
#include "celldrift/core/value.hpp"
#include "celldrift/kube/connection.hpp"
#include "celldrift/kube/kubeconfig.hpp"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace celldrift::fleet {

// How a cell's live state is read.
struct Unreachable {
  std::string reason;  // why there is no way: "no context for in-cluster: give --hub-context"
};
struct SnapshotFile {
  std::string path;  // where there are bytes: what messages call it
  std::shared_ptr<const std::string> bytes = nullptr;  // of one that was fetched from elsewhere
};
using Access = std::variant<Unreachable, kube::Connection, SnapshotFile>;

// Each cell stands for an Argo CD cluster Secret of its name, server, labels and annotations.
struct Cell {
  std::string name;
  std::string server;  // exactly as written; compared without trailing "/"
  std::string project;
  std::map<std::string, std::string> labels;       // all of the Secret's
  std::map<std::string, std::string> annotations;  // all of the Secret's
  // What states them, for messages: "its entry in celldrift.yaml", "its snapshot", "its context".
  std::string labelled_by = "its cluster Secret";
  // The cluster that Argo CD itself runs in; it also answers to https://kubernetes.default.svc and
  // "in-cluster".
  bool is_hub = false;
  // Argo CD's implicit entry: no Secret behind it, so selectors never see it.
  bool synthetic = false;
  // argocd-cm has cluster.inClusterEnabled: "false": generators still see the hub, but Argo CD
  // deploys nothing to it.
  bool disabled = false;
  Access access = Unreachable{};
  std::string origin;  // for messages: "context prod-a", "clusters/a.yaml:3"
};

inline constexpr std::string_view in_cluster_server = "https://kubernetes.default.svc";

// Cells from one place or several; each function gives them in the order of its input.
// Two cells of one name are an Error(config), except among Secrets: there the last wins, as in Argo
// CD 3.5.
class Fleet {
 public:
  Fleet() = default;
  explicit Fleet(std::vector<Cell> cells);  // sorted by name, the synthetic entry last

  const std::vector<Cell>& cells() const { return cells_; }

  // The cell of an Application's destination. By server: equal but for trailing "/". By name:
  // exactly one. Error(not_found) in Argo CD's words when there is none, both or neither are given.
  const Cell& destination(std::string_view server, std::string_view name) const;

 private:
  static void refuse_disabled(std::vector<const Cell*>& found, std::string_view server);

  std::vector<Cell> cells_;
};

// One cell per context that matches any of the globs. A glob that matches nothing is an
// Error(config) listing the contexts there are.
std::vector<Cell> cells_from_contexts(const kube::Kubeconfig& kubeconfig,
                                      const std::vector<std::string>& globs);

// Whether commands that a cluster Secret names (execProviderConfig) may be run, and whether this
// machine's AWS credentials may be used for it (awsAuthConfig). A file must not make us do either
// unless the user says so: whoever writes it could run what they like, or have a token sent to a
// server of theirs.
enum class SignIn { plain, any };

struct SecretReading {
  std::optional<kube::Connection> hub = std::nullopt;  // how to reach the cluster of Argo CD itself
  SignIn sign_in = SignIn::plain;
};

struct SecretCells {
  std::vector<Cell> cells;
  std::vector<Problem> problems;
};

// Cells of the Argo CD cluster Secrets among documents: `data` and `stringData`, label
// argocd.argoproj.io/secret-type=cluster. The ConfigMap argocd-cm may disable the hub; other
// documents are skipped. Adds the synthetic in-cluster entry unless a Secret has its server. What
// is wrong with a Secret's way to sign in makes its cell unreachable, since generators see it all
// the same; Secrets that cannot be read at all become problems.
SecretCells cells_from_secrets(const std::vector<Value>& documents, const SecretReading& reading);

}  // namespace celldrift::fleet
