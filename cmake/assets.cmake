# What browsers load – styles, islands, fonts, pictures – is bundled by web/build.mjs into one folder and becomes part
# of the program, reachable as guidon::embedded::assets(). Built again when something below web/ or templates/ changes
# or the contract does.
function(guidon_assets target)
  set(dir ${CMAKE_BINARY_DIR}/assets)
  set(stamp ${dir}/manifest.json)
  set(out ${CMAKE_BINARY_DIR}/embedded/assets.cpp)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/web/* ${CMAKE_SOURCE_DIR}/templates/*)
  add_custom_command(
    OUTPUT ${stamp}
    COMMAND node ${CMAKE_SOURCE_DIR}/web/build.mjs ${dir}
    DEPENDS ${sources} ${CMAKE_SOURCE_DIR}/api/openapi.yaml ${CMAKE_SOURCE_DIR}/package-lock.json
    COMMENT "Bundling what browsers load (needs node_modules: npm ci)"
    VERBATIM)
  add_custom_command(
    OUTPUT ${out}
    COMMAND python3 ${CMAKE_SOURCE_DIR}/tools/embed.py assets ${dir} ${out}
    DEPENDS ${stamp} ${CMAKE_SOURCE_DIR}/tools/embed.py
    VERBATIM)
  target_sources(${target} PRIVATE ${out})
endfunction()
