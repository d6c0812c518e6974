#include "fleet/shapes/application_shape.hpp"

namespace celldrift::fleet {
namespace {

using Kind = Shape::Kind;
constexpr auto given = Written::if_given;
constexpr auto always = Written::always;

const Shape int_or_string{Kind::int_or_string};
const Shape boolean_map{Kind::map, {}, &boolean_shape};

const Field helm_parameter_fields[] = {
    {"name", &string_shape}, {"value", &string_shape}, {"forceString", &boolean_shape}};
const Shape helm_parameter{Kind::structure, helm_parameter_fields};
const Shape helm_parameters{Kind::list, {}, &helm_parameter};

const Field helm_file_fields[] = {{"name", &string_shape}, {"path", &string_shape}};
const Shape helm_file{Kind::structure, helm_file_fields};
const Shape helm_files{Kind::list, {}, &helm_file};

const Field helm_fields[] = {
    {"valueFiles", &string_list_shape},
    {"parameters", &helm_parameters},
    {"releaseName", &string_shape},
    {"values", &string_shape},
    {"fileParameters", &helm_files},
    {"version", &string_shape},
    {"passCredentials", &boolean_shape},
    {"ignoreMissingValueFiles", &boolean_shape},
    {"skipCrds", &boolean_shape},
    {"valuesObject", &raw_shape, given},
    {"namespace", &string_shape},
    {"kubeVersion", &string_shape},
    {"apiVersions", &string_list_shape},
    {"skipTests", &boolean_shape},
    {"skipSchemaValidation", &boolean_shape},
};
const Shape helm{Kind::structure, helm_fields};

const Field replica_fields[] = {{"name", &string_shape, always}, {"count", &int_or_string, always}};
const Shape replica{Kind::structure, replica_fields};
const Shape replicas{Kind::list, {}, &replica};

const Field patch_target_fields[] = {
    {"group", &string_shape},
    {"version", &string_shape},
    {"kind", &string_shape},
    {"name", &string_shape},
    {"namespace", &string_shape},
    {"annotationSelector", &string_shape},
    {"labelSelector", &string_shape},
};
const Shape patch_target{Kind::structure, patch_target_fields};
const Field patch_fields[] = {{"path", &string_shape},
                              {"patch", &string_shape},
                              {"target", &patch_target, given},
                              {"options", &boolean_map}};
const Shape patch{Kind::structure, patch_fields};
const Shape patches{Kind::list, {}, &patch};

const Field kustomize_fields[] = {
    {"namePrefix", &string_shape},
    {"nameSuffix", &string_shape},
    {"images", &string_list_shape},
    {"commonLabels", &string_map_shape},
    {"version", &string_shape},
    {"commonAnnotations", &string_map_shape},
    {"forceCommonLabels", &boolean_shape},
    {"forceCommonAnnotations", &boolean_shape},
    {"namespace", &string_shape},
    {"commonAnnotationsEnvsubst", &boolean_shape},
    {"replicas", &replicas},
    {"patches", &patches},
    {"components", &string_list_shape},
    {"ignoreMissingComponents", &boolean_shape},
    {"labelWithoutSelector", &boolean_shape},
    {"kubeVersion", &string_shape},
    {"apiVersions", &string_list_shape},
    {"labelIncludeTemplates", &boolean_shape},
};
const Shape kustomize{Kind::structure, kustomize_fields};

const Field jsonnet_variable_fields[] = {
    {"name", &string_shape, always}, {"value", &string_shape, always}, {"code", &boolean_shape}};
const Shape jsonnet_variable{Kind::structure, jsonnet_variable_fields};
const Shape jsonnet_variables{Kind::list, {}, &jsonnet_variable};
const Field jsonnet_fields[] = {
    {"extVars", &jsonnet_variables}, {"tlas", &jsonnet_variables}, {"libs", &string_list_shape}};
const Shape jsonnet{Kind::structure, jsonnet_fields};

const Field directory_fields[] = {
    {"recurse", &boolean_shape},
    {"jsonnet", &jsonnet},
    {"exclude", &string_shape},
    {"include", &string_shape},
};
const Shape directory{Kind::structure, directory_fields};

const Field variable_fields[] = {{"name", &string_shape, always}, {"value", &string_shape, always}};
const Shape variable{Kind::structure, variable_fields};
const Shape variables{Kind::list, {}, &variable};
const Field plugin_parameter_fields[] = {
    {"name", &string_shape, always},
    {"string", &string_shape, given},
    {"map", &string_map_shape, given},
    {"array", &string_list_shape, given},
};
const Shape plugin_parameter{Kind::structure, plugin_parameter_fields};
const Shape plugin_parameters{Kind::list, {}, &plugin_parameter};
const Field plugin_fields[] = {
    {"name", &string_shape}, {"env", &variables}, {"parameters", &plugin_parameters}};
const Shape plugin{Kind::structure, plugin_fields};

const Field source_fields[] = {
    {"repoURL", &string_shape, always},
    {"path", &string_shape},
    {"targetRevision", &string_shape},
    {"helm", &helm, given},
    {"kustomize", &kustomize, given},
    {"directory", &directory, given},
    {"plugin", &plugin, given},
    {"chart", &string_shape},
    {"ref", &string_shape},
    {"name", &string_shape},
    {"tagPrefix", &string_shape},
};
const Shape source{Kind::structure, source_fields};
const Shape sources{Kind::list, {}, &source};

const Field dry_source_fields[] = {
    {"repoURL", &string_shape, always},
    {"targetRevision", &string_shape, always},
    {"path", &string_shape, always},
    {"helm", &helm, given},
    {"kustomize", &kustomize, given},
    {"directory", &directory, given},
    {"plugin", &plugin, given},
};
const Shape dry_source{Kind::structure, dry_source_fields};
const Field sync_source_fields[] = {{"targetBranch", &string_shape, always},
                                    {"path", &string_shape, always},
                                    {"repoURL", &string_shape}};
const Shape sync_source{Kind::structure, sync_source_fields};
const Field hydrate_to_fields[] = {{"targetBranch", &string_shape, always}};
const Shape hydrate_to{Kind::structure, hydrate_to_fields};
const Field hydrator_fields[] = {{"drySource", &dry_source, always},
                                 {"syncSource", &sync_source, always},
                                 {"hydrateTo", &hydrate_to, given}};
const Shape hydrator{Kind::structure, hydrator_fields};

const Field destination_fields[] = {
    {"server", &string_shape}, {"namespace", &string_shape}, {"name", &string_shape}};
const Shape destination{Kind::structure, destination_fields};

const Field automated_fields[] = {{"prune", &boolean_shape, given},
                                  {"selfHeal", &boolean_shape, given},
                                  {"allowEmpty", &boolean_shape, given},
                                  {"enabled", &boolean_shape, given}};
const Shape automated{Kind::structure, automated_fields};
const Field backoff_fields[] = {
    {"duration", &string_shape}, {"factor", &integer_shape, given}, {"maxDuration", &string_shape}};
const Shape backoff{Kind::structure, backoff_fields};
const Field retry_fields[] = {
    {"limit", &integer_shape}, {"backoff", &backoff, given}, {"refresh", &boolean_shape}};
const Shape retry{Kind::structure, retry_fields};
const Field namespace_metadata_fields[] = {{"labels", &string_map_shape},
                                           {"annotations", &string_map_shape}};
const Shape namespace_metadata{Kind::structure, namespace_metadata_fields};
const Field sync_policy_fields[] = {{"automated", &automated, given},
                                    {"syncOptions", &string_list_shape},
                                    {"retry", &retry, given},
                                    {"managedNamespaceMetadata", &namespace_metadata, given}};
const Shape sync_policy{Kind::structure, sync_policy_fields};

const Field ignore_fields[] = {
    {"group", &string_shape},
    {"kind", &string_shape, always},
    {"name", &string_shape},
    {"namespace", &string_shape},
    {"jsonPointers", &string_list_shape},
    {"jqPathExpressions", &string_list_shape},
    {"managedFieldsManagers", &string_list_shape},
};
const Shape ignore{Kind::structure, ignore_fields};
const Shape ignores{Kind::list, {}, &ignore};

const Field spec_fields[] = {
    {"source", &source, given},
    {"destination", &destination, always},
    {"project", &string_shape, always},
    {"syncPolicy", &sync_policy, given},
    {"ignoreDifferences", &ignores},
    {"info", &variables},
    {"revisionHistoryLimit", &integer_shape, given},
    {"sources", &sources},
    {"sourceHydrator", &hydrator, given},
};

}  // namespace

// one object, told by its address from other lists of strings: patches unite finalizers
const Shape finalizers_shape{Kind::list, {}, &string_shape};

namespace {

const Field metadata_fields[] = {
    {"name", &string_shape},
    {"namespace", &string_shape},
    {"labels", &string_map_shape},
    {"annotations", &string_map_shape},
    {"finalizers", &finalizers_shape},
};
const Shape metadata{Kind::structure, metadata_fields};

const Field requirement_fields[] = {
    {"key", &string_shape}, {"operator", &string_shape}, {"values", &string_list_shape}};
const Shape requirement{Kind::structure, requirement_fields};
const Shape requirements{Kind::list, {}, &requirement};
const Field label_selector_fields[] = {{"matchLabels", &string_map_shape},
                                       {"matchExpressions", &requirements}};

}  // namespace

const Shape application_spec_shape{Kind::structure, spec_fields};
const Shape label_selector_shape{Kind::structure, label_selector_fields};

namespace {
const Field template_fields[] = {{"metadata", &metadata, always},
                                 {"spec", &application_spec_shape, always}};
}  // namespace
const Shape template_shape{Kind::structure, template_fields};

}  // namespace celldrift::fleet
