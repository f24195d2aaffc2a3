import { Alert, Button, PasswordInput, Stack, Text, TextInput, Title } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useDocumentTitle } from "@mantine/hooks";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Navigate, useLocation } from "react-router";

import { isProblem } from "@/api/problem";
import { useSession, useSignIn } from "@/api/session";
import type { Language } from "@/i18n/languages";
import { problemWords } from "@/ui/feedback/toast";
import { LanguageLinks } from "@/ui/LanguageLinks";
import { Logo } from "@/ui/Logo";

import classes from "./SignInPage.module.css";

/** Where the guard sent the user from; only a path of ours. */
function cameFrom(state: unknown): string {
  const from = typeof state === "object" && state !== null && "from" in state ? state.from : "/";
  return typeof from === "string" && from.startsWith("/") ? from : "/";
}

export default function SignInPage() {
  const { t } = useTranslation("sign-in");
  useDocumentTitle(`${t("title")} · Cadenza`);
  const { data: session } = useSession();
  const signIn = useSignIn();
  const target = cameFrom(useLocation().state);
  const [chosen, setChosen] = useState<Language>();
  const form = useForm({ mode: "uncontrolled", initialValues: { email: "", password: "" } });
  if (session?.user) return <Navigate to={target} replace />;
  const failure = isProblem(signIn.error, 401) ? t("wrong") : problemWords(signIn.error);
  return (
    <main className={classes["screen"]}>
      <div className={classes["card"]}>
        <Stack gap={4} mb="lg">
          <Logo size={36} />
          <Title order={1} mt="sm">
            {t("title")}
          </Title>
          <Text c="dimmed">{session ? t("to", { workspace: session.workspace.name }) : " "}</Text>
        </Stack>
        <form onSubmit={form.onSubmit((values) => signIn.mutate({ ...values, ...(chosen && { locale: chosen }) }))}>
          <Stack gap="md">
            {signIn.error && (
              <Alert color="red" variant="light" role="alert">
                {failure}
              </Alert>
            )}
            <TextInput
              label={t("email")}
              type="email"
              name="email"
              autoComplete="username"
              required
              withAsterisk={false}
              autoFocus
              size="md"
              key={form.key("email")}
              {...form.getInputProps("email")}
            />
            <PasswordInput
              label={t("password")}
              name="password"
              autoComplete="current-password"
              required
              withAsterisk={false}
              size="md"
              visibilityToggleButtonProps={{ "aria-label": t("showPassword") }}
              key={form.key("password")}
              {...form.getInputProps("password")}
            />
            <Button type="submit" size="md" fullWidth loading={signIn.isPending}>
              {t("submit")}
            </Button>
          </Stack>
        </form>
        {session?.workspace.demo && (
          <Text size="sm" c="dimmed" mt="lg">
            {t("demo")}
          </Text>
        )}
      </div>
      <LanguageLinks onChoose={setChosen} />
    </main>
  );
}
