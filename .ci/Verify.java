import java.nio.file.Path;
import java.util.TreeMap;
import java.util.logging.LogManager;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;

/**
 * Judges files by veraPDF: `Verify 2a,ua1 FILE…` prints a line a file and
 * standard, and under it each rule that is broken, once, with how often. Ends with
 * 1 if any is broken, with 2 if a file cannot be read.
 */
public class Verify {
    public static void main(String[] arguments) throws Exception {
        LogManager.getLogManager().reset();
        VeraGreenfieldFoundryProvider.initialise();
        var worst = 0;
        for (var at = 1; at < arguments.length; at++) {
            for (var name : arguments[0].split(",")) {
                worst = Math.max(worst, judged(PDFAFlavour.fromString(name), Path.of(arguments[at])));
            }
        }
        System.exit(worst);
    }

    private static int judged(PDFAFlavour standard, Path file) {
        try (var parser = Foundries.defaultInstance().createParser(file.toFile(), standard)) {
            var result = Foundries.defaultInstance().createValidator(standard, false).validate(parser);
            System.out.printf("%s %s %s: %d checks%n", result.isCompliant() ? "good" : "BROKEN", standard.getId(),
                file.getFileName(), result.getTotalAssertions());
            var broken = new TreeMap<String, Integer>();
            for (TestAssertion test : result.getTestAssertions()) {
                if (test.getStatus() == TestAssertion.Status.FAILED) {
                    var rule = test.getRuleId();
                    broken.merge(rule.getClause() + "-" + rule.getTestNumber() + " " + test.getMessage(), 1, Integer::sum);
                }
            }
            broken.forEach((rule, count) -> System.out.printf("    %s (%d times)%n", rule, count));
            return result.isCompliant() ? 0 : 1;
        } catch (Exception error) {
            System.out.printf("UNREADABLE %s: %s%n", file.getFileName(), error);
            return 2;
        }
    }
}
