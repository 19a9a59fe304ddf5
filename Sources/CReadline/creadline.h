/* What the shell needs of GNU readline, with plain functions in place of its global variables. */
#include <stdio.h> /* readline.h needs FILE but does not include it */
#include <readline/readline.h>
#include <readline/history.h>

static inline void crl_set_completion(rl_completion_func_t *function) {
  rl_attempted_completion_function = function;
}
