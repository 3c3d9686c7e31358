# guidon_embed(TARGET NAME DIR): every file below DIR becomes part of the binary, reachable as
# guidon::embedded::NAME() (see src/base/embedded.h). The list follows the folder without a re-configure.
function(guidon_embed target name dir)
  file(GLOB_RECURSE files CONFIGURE_DEPENDS ${dir}/*)
  set(out ${CMAKE_BINARY_DIR}/embedded/${name}.cpp)
  add_custom_command(
    OUTPUT ${out}
    COMMAND python3 ${CMAKE_SOURCE_DIR}/tools/embed.py ${name} ${dir} ${out}
    DEPENDS ${files} ${CMAKE_SOURCE_DIR}/tools/embed.py
    VERBATIM)
  get_target_property(kind ${target} TYPE)
  if(kind STREQUAL "INTERFACE_LIBRARY")
    return()
  endif()
  target_sources(${target} PRIVATE ${out})
endfunction()
