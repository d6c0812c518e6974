# What makes builds fast and changes nothing that is built: ccache, mold, precompiled standard headers.

# ccache finds a compilation with precompiled headers again only if it may overlook which macros these define, and
# when they were made. By env, not in ccache's own configuration, which is the user's.
find_program(CELLDRIFT_CCACHE ccache)
if(CELLDRIFT_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CELLDRIFT_CCACHE})
  if(CELLDRIFT_PRECOMPILE)
    list(PREPEND CMAKE_CXX_COMPILER_LAUNCHER env CCACHE_SLOPPINESS=pch_defines,time_macros)
  endif()
endif()

# Forty executables with everything in them take minutes to link otherwise. The binary that is shipped is linked by
# the compiler's own linker.
find_program(CELLDRIFT_MOLD mold)
if(CELLDRIFT_MOLD AND NOT CELLDRIFT_STATIC AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  add_link_options(-fuse-ld=mold)
endif()

# Standard headers take half of a typical compilation. Only they are precompiled, so that no change of ours makes
# everything stale. The preset dev goes without: there each file must include what it uses.
# <filesystem> is none of them: it brings std::quoted, which calls with a std::string would find in place of ours.
set(celldrift_precompiled
  <algorithm> <array> <charconv> <chrono> <cmath> <cstddef> <cstdint> <functional> <iterator> <limits>
  <map> <memory> <mutex> <optional> <set> <span> <string> <string_view> <unordered_map> <utility> <variant> <vector>)

# Precompiles headers once for all modules and once, with doctest, for all tests: two targets that are empty otherwise.
function(celldrift_precompile_headers)
  if(NOT CELLDRIFT_PRECOMPILE OR NOT CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    return()
  endif()
  target_compile_options(celldrift_options INTERFACE -fpch-preprocess)  # ccache needs it
  file(WRITE ${PROJECT_BINARY_DIR}/precompiled.cpp "")
  add_library(celldrift_precompiled_modules OBJECT ${PROJECT_BINARY_DIR}/precompiled.cpp)
  target_link_libraries(celldrift_precompiled_modules PRIVATE celldrift_options)
  target_precompile_headers(celldrift_precompiled_modules PRIVATE ${celldrift_precompiled})
  if(BUILD_TESTING)
    add_library(celldrift_precompiled_tests OBJECT ${PROJECT_BINARY_DIR}/precompiled.cpp)
    target_link_libraries(celldrift_precompiled_tests PRIVATE celldrift_options celldrift_dep::doctest)
    target_precompile_headers(celldrift_precompiled_tests PRIVATE ${celldrift_precompiled} <doctest/doctest.h>)
  endif()
endfunction()

# celldrift_use_precompiled(<target> modules|tests)
function(celldrift_use_precompiled target part)
  if(TARGET celldrift_precompiled_${part})
    target_precompile_headers(${target} REUSE_FROM celldrift_precompiled_${part})
  endif()
endfunction()
