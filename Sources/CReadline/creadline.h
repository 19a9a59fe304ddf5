/* What the shell needs of GNU readline, with plain functions in place of its global variables. */
#include <stdio.h> /* readline.h needs FILE but does not include it */
#include <stdlib.h>
#include <string.h>
#include <readline/readline.h>
#include <readline/history.h>

/* What parts words: in arguments of commands, as `:load some/file`, blanks alone; in statements the
   operators and brackets, too. */
static inline char *crl_word_breaks(void) {
  static char statement[] = " \t\n\"'`@$><=;|&{}()[]:.,+*/%^!\\";
  static char argument[] = " \t\n";
  const char *line = rl_line_buffer;
  while (*line == ' ') line++;
  if (*line != ':' && *line != '.' && *line != '\\') return statement;
  return strchr(line, ' ') && !strpbrk(line, "(=$") ? argument : statement;
}

/* Names the program for `$if` in ~/.inputrc and sets what must hold before the first line. */
static inline void crl_initialize(void) {
  rl_readline_name = "Dossier";
  rl_catch_signals = 0;
  rl_catch_sigwinch = 1;
  rl_completion_word_break_hook = crl_word_breaks;
  rl_completer_quote_characters = "";
  history_write_timestamps = 1;
  history_comment_char = '#';
  using_history();
}

static inline void crl_set_completion(rl_completion_func_t *function) {
  rl_attempted_completion_function = function;
}

/* Says that no file names are to be offered where the program has no completions. */
static inline void crl_finish_completion(int offers_files, int append_blank) {
  rl_attempted_completion_over = !offers_files;
  rl_completion_append_character = append_blank ? ' ' : '\0';
  rl_filename_completion_desired = offers_files;
}

/* The line up to the cursor, and its length in bytes. */
static inline const char *crl_line(void) { return rl_line_buffer; }
static inline int crl_point(void) { return rl_point; }

/* Forgets the line that is being edited and goes to a new one. */
static inline void crl_abandon_line(void) {
  rl_callback_sigcleanup();
  rl_free_line_state();
  rl_replace_line("", 0);
  rl_crlf();
  rl_callback_handler_remove();
}

static inline int crl_history_length(void) { return history_length; }
static inline const char *crl_history_entry(int index) {
  HIST_ENTRY *entry = history_get(history_base + index);
  return entry ? entry->line : "";
}

/* An array of strings as readline takes it; filled by the caller with copies that readline frees. */
static inline char **crl_make_matches(int count) {
  return (char **)calloc((size_t)count + 1, sizeof(char *));
}
