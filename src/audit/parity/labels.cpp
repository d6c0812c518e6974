#include "audit/parity/labels.hpp"

#include "celldrift/core/text.hpp"

#include <algorithm>
#include <numeric>
#include <vector>

namespace celldrift::audit {
namespace {

constexpr std::size_t longest = 128;  // a label's value has 63 characters at most

// Without what is easily overlooked.
std::string plain(std::string_view text) {
  std::string result = lower(trim(text));
  std::erase_if(result, [](char c) { return c == '-' || c == '_' || c == '.' || c == ' '; });
  return result;
}

// Insertions, deletions, replacements and swaps of neighbours that make one of the other.
std::size_t edits(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1);
  std::vector<std::size_t> last(b.size() + 1);
  std::vector<std::size_t> next(b.size() + 1);
  std::iota(last.begin(), last.end(), std::size_t(0));
  for (std::size_t i = 1; i <= a.size(); ++i) {
    next[0] = i;
    for (std::size_t k = 1; k <= b.size(); ++k) {
      const std::size_t replaced = last[k - 1] + (a[i - 1] == b[k - 1] ? 0 : 1);
      next[k] = std::min({last[k] + 1, next[k - 1] + 1, replaced});
      if (i > 1 && k > 1 && a[i - 1] == b[k - 2] && a[i - 2] == b[k - 1]) {
        next[k] = std::min(next[k], before[k - 2] + 1);
      }
    }
    before = last;
    last = next;
  }
  return last[b.size()];
}

bool has_digit(std::string_view text) {
  return text.find_first_of("0123456789") != text.npos;
}

// Labels by which Argo CD knows the Secret say nothing of the cell.
bool is_of_argo_cd(std::string_view name) {
  return name == "argocd.argoproj.io/secret-type";
}

bool all_say(std::span<const KnownCell* const> siblings,
             const std::string& name,
             const std::string& value) {
  return std::ranges::all_of(siblings, [&](const KnownCell* sibling) {
    const auto found = sibling->labels.find(name);
    return found != sibling->labels.end() && found->second == value;
  });
}

// A label of the cell alone whose name is a slip of that one, and that says the same.
std::string misspelt(const KnownCell& cell,
                     std::span<const KnownCell* const> siblings,
                     const std::string& name,
                     const std::string& value) {
  for (const auto& [own, said] : cell.labels) {
    const bool is_own = std::ranges::none_of(
        siblings, [&](const KnownCell* sibling) { return sibling->labels.contains(own); });
    if (is_own && is_slip(own, name) && (said == value || is_slip(said, value))) {
      return own;
    }
  }
  return "";
}

std::optional<DecidingLabel> compared(const KnownCell& cell,
                                      std::span<const KnownCell* const> siblings,
                                      const std::string& name,
                                      const std::string& theirs) {
  using How = DecidingLabel::How;
  const auto own = cell.labels.find(name);
  if (own == cell.labels.end()) {
    const std::string similar = misspelt(cell, siblings, name, theirs);
    return DecidingLabel{similar.empty() ? How::lacking : How::similar, name, theirs, similar};
  }
  if (own->second == theirs) {
    return std::nullopt;
  }
  const How how = is_slip(own->second, theirs) ? How::similar : How::other;
  return DecidingLabel{how, name, theirs, own->second};
}

int rank(DecidingLabel::How how) {
  static constexpr int ranks[] = {1, 0, 2};
  return ranks[std::size_t(how)];
}

}  // namespace

bool is_slip(std::string_view a, std::string_view b) {
  if (a == b || a.size() > longest || b.size() > longest) {
    return false;
  }
  const std::string left = plain(a);
  const std::string right = plain(b);
  if (left == right) {
    return !left.empty();
  }
  const std::size_t shorter = std::min(left.size(), right.size());
  if (shorter < 4 || has_digit(left) || has_digit(right)) {
    return false;
  }
  return edits(left, right) <= (shorter < 8 ? 1u : 2u);
}

std::optional<DecidingLabel> deciding_label(const KnownCell& cell,
                                            std::span<const KnownCell* const> siblings) {
  std::optional<DecidingLabel> best;
  if (siblings.empty()) {
    return best;
  }
  for (const auto& [name, value] : siblings.front()->labels) {
    if (is_of_argo_cd(name) || !all_say(siblings, name, value)) {
      continue;
    }
    auto label = compared(cell, siblings, name, value);
    if (label && (!best || rank(label->how) < rank(best->how))) {
      best = std::move(label);
    }
  }
  return best;
}

}  // namespace celldrift::audit
