# How everything is compiled: warnings as errors, assertions on in every preset, mold and ccache where installed.
find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()
find_program(MOLD mold)
if(MOLD)
  add_link_options(-fuse-ld=mold)
endif()
# -fno-trapping-math lets the compiler vectorise the exact kernels: no code here reads floating-point exception flags.
# -ffp-contract=off keeps a*b+c the same on every machine.
add_compile_options(-Wall -Wextra -Wshadow -Wnon-virtual-dtor -Wold-style-cast -Woverloaded-virtual -Werror
                    -Wno-missing-field-initializers  # members left out of { .name = … } have the default beside them
                    -fno-trapping-math -ffp-contract=off)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  add_compile_options(-Wno-restrict)  # g++ 12 sees overlapping copies in std::string operator+ (GCC bug 105329)
endif()
if(GUIDON_SANITIZE)
  # vptr asks for type information that SOCI's back ends do not export.
  add_compile_options(-fsanitize=address,undefined -fno-sanitize=vptr -fno-sanitize-recover=undefined
                      -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
endif()
add_compile_definitions(GUIDON_VERSION="${PROJECT_VERSION}")
