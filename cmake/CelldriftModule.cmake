# doctest's own code and main(), compiled once for the tests of all modules.
if(BUILD_TESTING)
  add_library(celldrift_test_main OBJECT ${PROJECT_SOURCE_DIR}/tests/support/main.cpp)
  target_link_libraries(celldrift_test_main PRIVATE celldrift_dep::doctest)
endif()

# celldrift_unit_test(<test> <target> [<arguments...>]): a test that needs nothing but its executable.
add_custom_target(unit_tests)
function(celldrift_unit_test test target)
  add_test(NAME ${test} COMMAND ${target} ${ARGN})
  set_tests_properties(${test} PROPERTIES LABELS unit)
  add_dependencies(unit_tests ${target})
endfunction()

# celldrift_module(<name> DEPENDS <modules...> [LIBRARIES <external targets...>] [TEST_DEPENDS <modules...>] [SINGLE_THREADED])
#
# Declares the module <name>: its door is include/celldrift/<name>/, its room src/<name>/ (in folders where
# it is large), its unit tests tests/unit/<name>/*_test.cpp. DEPENDS is the only list of allowed edges: it becomes the link line, a
# dependency must be declared above it, and the test lint.layers compares it with the #include lines.
# LIBRARIES are private: no other module sees them. TEST_DEPENDS are modules that its tests use besides.
# SINGLE_THREADED is said of a module that neither starts threads nor guards anything, nor do its tests: these are not
# built for the thread sanitizer, which would see one thread. The target unit_tests builds all unit tests.
function(celldrift_module name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "SINGLE_THREADED" "" "DEPENDS;LIBRARIES;TEST_DEPENDS")
  file(GLOB sources CONFIGURE_DEPENDS
    ${PROJECT_SOURCE_DIR}/src/${name}/*.cpp ${PROJECT_SOURCE_DIR}/src/${name}/*/*.cpp)
  file(GLOB tests CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/unit/${name}/*_test.cpp)

  if(NOT sources)  # a module that so far is headers only
    file(WRITE ${PROJECT_BINARY_DIR}/empty.cpp "")
    set(sources ${PROJECT_BINARY_DIR}/empty.cpp)
  endif()
  add_library(celldrift_${name} STATIC ${sources})
  add_library(celldrift::${name} ALIAS celldrift_${name})
  target_include_directories(celldrift_${name}
    PUBLIC ${PROJECT_SOURCE_DIR}/include
    PRIVATE ${PROJECT_SOURCE_DIR}/src)
  target_link_libraries(celldrift_${name} PRIVATE celldrift_options ${arg_LIBRARIES})
  celldrift_use_precompiled(celldrift_${name} modules)
  foreach(dependency IN LISTS arg_DEPENDS)
    if(NOT TARGET celldrift::${dependency})
      message(FATAL_ERROR "module '${name}' depends on '${dependency}', which is not declared above it; "
                          "a lower layer must not depend on a higher one")
    endif()
    target_link_libraries(celldrift_${name} PUBLIC celldrift::${dependency})
  endforeach()
  list(JOIN arg_DEPENDS " " edges)
  set_property(GLOBAL APPEND PROPERTY CELLDRIFT_LAYERS "${name}: ${edges}")

  if(arg_SINGLE_THREADED AND CELLDRIFT_SANITIZE STREQUAL "thread")
    return()
  endif()
  if(tests AND BUILD_TESTING)
    add_executable(${name}_test ${tests} $<TARGET_OBJECTS:celldrift_test_main>)
    target_include_directories(${name}_test PRIVATE ${PROJECT_SOURCE_DIR}/src ${PROJECT_SOURCE_DIR}/tests)
    target_link_libraries(${name}_test PRIVATE celldrift::${name} celldrift_options celldrift_dep::doctest)
    celldrift_use_precompiled(${name}_test tests)
    target_compile_definitions(${name}_test PRIVATE
      CELLDRIFT_TESTDATA="${PROJECT_SOURCE_DIR}/testdata")
    foreach(dependency IN LISTS arg_TEST_DEPENDS)
      target_link_libraries(${name}_test PRIVATE celldrift::${dependency})
    endforeach()
    celldrift_unit_test(unit.${name} ${name}_test)
    set_tests_properties(unit.${name} PROPERTIES TIMEOUT 900)
  endif()
endfunction()

# Writes the declared edges for tools/check_layers.py and registers the test.
function(celldrift_check_layers)
  get_property(edges GLOBAL PROPERTY CELLDRIFT_LAYERS)
  list(JOIN edges "\n" text)
  file(WRITE ${PROJECT_BINARY_DIR}/layers.txt "${text}\n")
  find_package(Python3 REQUIRED COMPONENTS Interpreter)
  add_test(NAME lint.layers COMMAND Python3::Interpreter
    ${PROJECT_SOURCE_DIR}/tools/check_layers.py ${PROJECT_SOURCE_DIR} ${PROJECT_BINARY_DIR}/layers.txt)
  set_tests_properties(lint.layers PROPERTIES LABELS lint)
endfunction()

# celldrift_embed(<target> <symbol> <file>): puts a file's bytes into the target as
# `extern const std::string_view <symbol>` in namespace celldrift::embedded.
function(celldrift_embed target symbol file)
  set(output ${CMAKE_CURRENT_BINARY_DIR}/embedded_${symbol}.cpp)
  add_custom_command(OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} -DINPUT=${file} -DOUTPUT=${output} -DSYMBOL=${symbol}
            -P ${PROJECT_SOURCE_DIR}/cmake/Embed.cmake
    DEPENDS ${file} ${PROJECT_SOURCE_DIR}/cmake/Embed.cmake
    VERBATIM)
  target_sources(${target} PRIVATE ${output})
endfunction()
