// What `celldrift apps` shows of Applications: all but what is secret. Chart values, parameters and
// URLs may state passwords in clear text.
#pragma once

#include "celldrift/fleet/application.hpp"
#include "celldrift/git/tree.hpp"
#include "celldrift/observe/scrubber.hpp"

#include <vector>

namespace celldrift::cli {

class HiddenInApplications {
 public:
  // `show`: a hash where Applications are compared afterwards.
  HiddenInApplications(observe::Sensitive sensitive, observe::Show show);

  // The values of the tree's Secrets are secret elsewhere too, and what is secret by name in the
  // parameters of an Application is in what was made with them. All of it comes first.
  void learn(const git::Tree& tree);
  void learn(const std::vector<fleet::Application>& applications);
  void learn(const Value& parameters);  // or the spec of an ApplicationSet

  Value hide(const Value& application) const;
  void hide(std::vector<fleet::Application>& applications) const;

 private:
  observe::Sensitive sensitive_;
  observe::Show show_;
  observe::SecretKey key_ = observe::SecretKey::random();
  observe::KnownSecrets known_;
};

// Hashes made of secret values as "(secret value)": they say nothing to anybody.
Value with_masks(const Value& value);

}  // namespace celldrift::cli
